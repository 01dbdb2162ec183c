import { z } from 'zod';
import type { Directory } from '../directory/createDirectory.ts';
import type { EntraFault, EntraFaultQueue } from '../entraFault.ts';
import { type EntraCode, isEntraCode } from '../entraRefusal.ts';

const codeSchema = z.int().transform((code, context): EntraCode => {
  if (isEntraCode(code)) {
    return code;
  }
  context.addIssue('is no code that this Entra knows');
  return z.NEVER;
});

const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('error'), code: codeSchema }),
  z.strictObject({
    kind: z.literal('status'),
    status: z.int().min(400).max(599),
    retryAfterInSeconds: z.int().nonnegative().optional(),
  }),
  z.strictObject({ kind: z.literal('page'), status: z.int().min(200).max(599) }),
  z.strictObject({ kind: z.literal('garbage') }),
  z.strictObject({ kind: z.literal('slow'), delayInMs: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal('hang') }),
  z.strictObject({ kind: z.literal('reset'), takesEffect: z.boolean().default(false) }),
]) satisfies z.ZodType<EntraFault>;

const app = { clientId: z.string() };
const user = { userName: z.string() };

const actionSchema = z.discriminatedUnion('do', [
  z.strictObject({ do: z.literal('addSecret'), ...app, expiresAtMs: z.number().optional() }),
  z.strictObject({ do: z.literal('removeSecrets'), ...app }),
  z.strictObject({ do: z.literal('addCertificate'), ...app, certificatePem: z.string() }),
  z.strictObject({ do: z.literal('removeFederatedCredentials'), ...app }),
  z.strictObject({ do: z.literal('addRedirectUri'), ...app, uri: z.string() }),
  z.strictObject({ do: z.literal('trustIdentity'), ...app, identityClientId: z.string() }),
  z.strictObject({
    ...{ do: z.literal('assignRoles'), ...app },
    ...{ audience: z.string(), roles: z.array(z.string()) },
  }),
  z.strictObject({ do: z.literal('revokeUser'), ...user }),
  z.strictObject({ do: z.literal('revokeConsent'), ...app, ...user }),
  z.strictObject({ do: z.literal('demandMfa'), ...user, demand: z.enum(['signIn', 'enroll']).nullable() }),
  z.strictObject({ do: z.literal('shiftClock'), byInMs: z.number() }),
  z.strictObject({
    ...{ do: z.literal('planFault'), fault: faultSchema, count: z.int().positive().default(1) },
    endpoint: z.enum(['token', 'authorize', 'discovery', 'keys', 'any']).optional(),
    grant: z.string().optional(),
  }),
  z.strictObject({ do: z.literal('clearFaults') }),
]);

/** What the admin door reaches. */
export interface Administered {
  readonly directory: Directory;
  readonly faults: EntraFaultQueue;
  readonly shiftClock: (byInMs: number) => void;
}

/** Does one action of the admin door. @throws ZodError; Error where it names somebody unknown. */
export function administer(body: unknown, { directory, faults, shiftClock }: Administered): unknown {
  const action = actionSchema.parse(body);
  switch (action.do) {
    case 'addSecret': {
      const { clientId, expiresAtMs } = action;
      return {
        secret: directory.addSecret(expiresAtMs === undefined ? { clientId } : { clientId, expiresAtMs }),
      };
    }
    case 'removeSecrets':
      return done(directory.removeSecrets(action.clientId));
    case 'addCertificate':
      return done(directory.addCertificate(action));
    case 'removeFederatedCredentials':
      return done(directory.removeFederatedCredentials(action.clientId));
    case 'addRedirectUri':
      return done(directory.addRedirectUri(action));
    case 'trustIdentity':
      return done(directory.trustIdentity(action));
    case 'assignRoles':
      return done(directory.assignRoles(action));
    case 'revokeUser':
      return done(directory.revokeUser(action.userName));
    case 'revokeConsent':
      return done(directory.revokeConsent(action));
    case 'demandMfa':
      return done(directory.demandMfa(action.userName, action.demand));
    case 'shiftClock':
      return done(shiftClock(action.byInMs));
    case 'planFault':
      return done(faults.plan(action));
    case 'clearFaults':
      return done(faults.clear());
  }
}

// biome-ignore lint/suspicious/noConfusingVoidType: takes what a method without a result gives.
function done(_nothing: void): { done: true } {
  return { done: true };
}
