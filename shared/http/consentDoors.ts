import type { Composed } from '../composition/compose.ts';
import { completeConsent } from '../consent/completeConsent.ts';
import type { ConsentRefusal } from '../consent/consentRefusal.ts';
import { consentRequestSchema } from '../consent/consentRequestSchema.ts';
import { consentTermsOf } from '../consent/consentTerms.ts';
import { tellConsent } from '../consent/tellConsent.ts';
import type { AccountRuntime } from '../service/accountRuntime.ts';
import type { UserSignIn } from '../signIn/accountSignIn.ts';
import { callOf, type DoorRequest, type Ready, withService } from './doorRequest.ts';
import { parseBody } from './parseBody.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';

/** An account that signs in for a user. */
interface ConsentTarget {
  readonly runtime: AccountRuntime;
  readonly user: UserSignIn;
}

/** `GET /api/accounts/{account}/consent`: what a browser needs to let the Insights user consent. */
export function consentTermsDoor(composed: Composed, name: string): Promise<Answer> {
  return withService(composed, async (ready) => {
    const found = findTarget(ready, name);
    return 'refusal' in found
      ? refuse(found.refusal)
      : jsonAnswer(200, { account: name, ...consentTermsOf(found.user.app) });
  });
}

/** `POST /api/accounts/{account}/consent`: the code of the sign-in becomes the account's refresh token. */
export function consentDoor(composed: Composed, request: DoorRequest, name: string): Promise<Answer> {
  return withService(composed, async (ready) => {
    const found = findTarget(ready, name);
    if ('refusal' in found) {
      return refuse(found.refusal);
    }
    const codes = await parseBody(request.body, consentRequestSchema);
    if (!codes.ok) {
      return codes.answer;
    }
    const call = callOf(request);
    const outcome = await completeConsent(ready.parts, { ...found, codes: codes.value }, call);
    tellConsent(name, outcome, call);
    if (!outcome.ok) {
      return refuse(outcome.refusal);
    }
    const { ok, ...given } = outcome;
    return jsonAnswer(200, { account: name, ...given });
  });
}

function findTarget({ parts }: Ready, name: string): ConsentTarget | { readonly refusal: ConsentRefusal } {
  const runtime = parts.accounts.find(({ account }) => account.name === name);
  if (runtime === undefined) {
    return refusalOf('unknown_account', 'the settings have no account of this name');
  }
  const { user } = runtime.signIn;
  return user === null
    ? refusalOf('no_consent_needed', 'the account signs in without a user, so nobody has to consent')
    : { runtime, user };
}

function refusalOf(code: 'unknown_account' | 'no_consent_needed', message: string) {
  return { refusal: { code, message, retryable: false } };
}

function refuse({ code, message, retryable }: ConsentRefusal): Answer {
  const title = `${message.charAt(0).toUpperCase()}${message.slice(1)}.`;
  return retryable
    ? problemAnswer(503, { code, title }, { 'retry-after': '60' })
    : problemAnswer(statusOf(code), { code, title });
}

/** 502 where Entra, Key Vault or Partner Center said no to the app, 422 where they said no to this sign-in. */
function statusOf(code: ConsentRefusal['code']): number {
  switch (code) {
    case 'unknown_account':
      return 404;
    case 'no_consent_needed':
      return 409;
    case 'consent_unproven':
      return 502;
    default:
      return code.startsWith('consent_') ? 422 : 502;
  }
}
