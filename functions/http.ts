import {
  app,
  type HttpHandler,
  type HttpRequest,
  type HttpResponseInit,
  type InvocationContext,
} from '@azure/functions';
import { authFromEnvironment } from '../shared/composition/registration.ts';
import type { DoorRequest } from '../shared/http/doorRequest.ts';
import type { Route } from '../shared/routes/route.ts';
import { routes } from '../shared/routes/routes.ts';
import type { Answer } from '../shared/wire/problem.ts';
import { configInvalid } from './configInvalid.ts';
import { recorded } from './recorded.ts';

type Service = typeof import('../shared/composition/service.ts');

const registeredFor = authFromEnvironment();

for (const [name, route] of Object.entries(routes)) {
  app.http(name, {
    methods: [...route.methods],
    authLevel: authLevelOf(route),
    route: route.path,
    handler: handlerOf(route),
  });
}

/**
 * With `AUTH` keys the host asks for a function key, with `entra` it lets everybody through to our own check. Who says as whom an
 * account signs in needs the host's master key.
 */
function authLevelOf({ role }: Route): 'anonymous' | 'function' | 'admin' {
  if (role === null || registeredFor === 'entra') {
    return 'anonymous';
  }
  return role === 'Intermission.Consent' ? 'admin' : 'function';
}

function handlerOf(route: Route): HttpHandler {
  return async (request: HttpRequest, context: InvocationContext): Promise<HttpResponseInit> => {
    const [service, { answer: answerRoute }] = await Promise.all([
      import('../shared/composition/service.ts'),
      route.load(),
    ]);
    const composed = service.serviceFromEnvironment();
    if (!composed.ok) {
      context.error(configInvalid(composed));
    }
    const answer = await recorded(service, composed, { context, hasCaller: true }, async (teller) => {
      const asked = {
        url: new URL(request.url),
        header: (name: string) => request.headers.get(name),
        teller,
      };
      const admitted = await admitTo(route, service, asked);
      if ('answer' in admitted) {
        return admitted.answer;
      }
      if (isTooLong(request, service.MAX_BODY_IN_BYTES)) {
        return service.bodyTooLargeAnswer();
      }
      const body = new Uint8Array(await request.arrayBuffer());
      return answerRoute(composed, { ...asked, ...admitted, body }, request.params, {
        method: request.method,
        routes,
        readCallers: service.callerSettingsFromEnvironment,
      });
    });
    // A page and its files are bytes already.
    const body = answer.body instanceof Uint8Array ? answer.body : await service.writeBody(answer.body);
    return { status: answer.status, headers: { ...answer.headers }, body };
  };
}

/** Who asks, where he has the role; else the answer to one who does not. */
async function admitTo(
  { role }: Route,
  { admit, anybody, callerCheckFromEnvironment, correlationIdOf }: Service,
  { header, teller }: Pick<DoorRequest, 'header' | 'teller'>,
): Promise<Pick<DoorRequest, 'caller'> | { readonly answer: Answer }> {
  if (role === null) {
    return { caller: anybody };
  }
  const correlationId = correlationIdOf({ header });
  const asked = { role, registeredFor, header, teller, correlationId };
  const admission = await admit(callerCheckFromEnvironment(), asked);
  return admission.ok ? { caller: admission.caller } : { answer: admission.answer };
}

/** Whether a body is said to be too long, so that no byte of it is copied; one that says nothing is measured when it is read. */
function isTooLong(request: HttpRequest, maxInBytes: number): boolean {
  return Number(request.headers.get('content-length') ?? 0) > maxInBytes;
}
