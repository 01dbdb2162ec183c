import type { Role } from '../shared/callers/role.ts';
import { authFromEnvironment } from '../shared/composition/registration.ts';
import { answerCaller, type Door } from './answerHttp.ts';

/**
 * A door for callers of a role: with `AUTH` keys the host asks for a function key, with `entra` it lets everybody through
 * to our own check. Level and check are made together, so that neither can be without the other.
 */
export function behindRole(role: Role, door: Door, keyLevel: 'function' | 'admin' = 'function') {
  const registeredFor = authFromEnvironment();
  return {
    authLevel: registeredFor === 'keys' ? keyLevel : ('anonymous' as const),
    handler: answerCaller(async ({ admit, callerCheckFromEnvironment, correlationIdOf }, request) => {
      const { header, teller } = request;
      const correlationId = correlationIdOf(request);
      const admission = await admit(callerCheckFromEnvironment(), {
        ...{ role, registeredFor, header, teller, correlationId },
      });
      return admission.ok ? { caller: admission.caller } : { answer: admission.answer };
    }, door),
  };
}
