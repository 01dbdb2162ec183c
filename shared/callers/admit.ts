import type { RefusalSums } from '../telemetry/refusalSums.ts';
import type { Teller } from '../telemetry/teller.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import { readBearerToken } from './bearerToken.ts';
import { type Caller, entraCaller, keyCaller } from './caller.ts';
import type { CallerCheck } from './callerCheck.ts';
import { includesRole, type Role } from './role.ts';
import { tellRefusedCaller } from './tellRefusedCaller.ts';
import type { TokenRefusal } from './verifyEntraToken.ts';

/** A request to a door that is not for everybody. */
export interface AdmissionRequest {
  /** The role that the door wants. */
  readonly role: Role;
  /** How its function was registered: with `keys` the host has checked a key, with `entra` nobody has checked anything. */
  readonly registeredFor: 'keys' | 'entra';
  header(name: string): string | null;
  readonly teller: Teller;
  readonly correlationId: string;
}

/** Let in as somebody, or answered. */
export type Admission =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly answer: Answer };

/** Why somebody was not let in. For our own log only; the answer says no more than 401, or the role that is missing. */
export type CallerRefusal = TokenRefusal | 'no_bearer_token' | 'role_missing' | 'sign_in_unavailable';

/**
 * Decides who is let in. With `entra` the token alone counts: no header of the platform, such as
 * `x-ms-client-principal`, is read. Where the settings do not say how callers prove themselves, or say otherwise than
 * when the function was registered, nobody is let in.
 */
export async function admit(check: CallerCheck, request: AdmissionRequest): Promise<Admission> {
  if (request.registeredFor === 'keys' && check.kind !== 'entra') {
    return { ok: true, caller: keyCaller(request.header('x-requested-by')) };
  }
  if (check.kind !== 'entra' || request.registeredFor !== 'entra') {
    return { ok: false, answer: misconfiguredAnswer() };
  }
  const token = readBearerToken(request.header('authorization'));
  if (token === 'none' || token === 'malformed') {
    return refuse(check.refusals, request, token === 'none' ? 'no_bearer_token' : 'token_malformed', null);
  }
  const verdict = await check.verify(token, check.rule);
  if (verdict.kind !== 'proven') {
    return refuse(
      check.refusals,
      request,
      verdict.kind === 'unreachable' ? 'sign_in_unavailable' : verdict.because,
      null,
    );
  }
  const caller = entraCaller(verdict.principal);
  const hasRole = includesRole(caller.roles, request.role);
  return hasRole
    ? { ok: true, caller }
    : refuse(check.refusals, request, 'role_missing', { caller, ...verdict.principal });
}

function refuse(
  refusals: RefusalSums,
  { role, teller, correlationId }: AdmissionRequest,
  because: CallerRefusal,
  proven: { readonly caller: Caller; readonly kind: 'app' | 'user' } | null,
): Admission {
  tellRefusedCaller(refusals, teller, { because, role, correlationId, caller: proven?.caller.id ?? null });
  return { ok: false, answer: answerOf(because, role, proven?.kind ?? null) };
}

function answerOf(because: CallerRefusal, role: Role, kind: 'app' | 'user' | null): Answer {
  switch (because) {
    case 'sign_in_unavailable':
      return problemAnswer(
        503,
        { code: 'sign_in_unavailable', title: 'The sign-in cannot be checked now; nothing was done.' },
        { 'retry-after': '30' },
      );
    case 'role_missing':
      return roleMissingAnswer(role, kind);
    case 'no_bearer_token':
      return notSignedInAnswer('Bearer');
    default:
      return notSignedInAnswer('Bearer error="invalid_token"');
  }
}

/** 401 as RFC 6750 wants it, which says no more than that a token is wanted, or that this one is not taken. */
function notSignedInAnswer(challenge: string): Answer {
  const title = 'Send an access token of this app, in the header Authorization.';
  return problemAnswer(401, { code: 'not_signed_in', title }, { 'www-authenticate': challenge });
}

/** 403 for somebody who is known and may not: it names the role that is needed. */
export function roleMissingAnswer(role: Role, kind: 'app' | 'user' | null): Answer {
  const advice =
    kind === 'user'
      ? 'assign it to the user or to a group of theirs; a scope alone opens no door'
      : 'assign it to the caller';
  const title = `The app role ${role} is needed here, or one that includes it: ${advice}.`;
  return problemAnswer(
    403,
    { code: 'role_missing', title, role },
    { 'www-authenticate': 'Bearer error="insufficient_scope"' },
  );
}

function misconfiguredAnswer(): Answer {
  const title =
    'The app settings do not say who may come in, so nobody may; the log names what is wrong, restart the app after it.';
  return problemAnswer(500, { code: 'config_invalid', title });
}
