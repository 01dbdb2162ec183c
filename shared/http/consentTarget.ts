import type { ConsentRefusal } from '../consent/consentRefusal.ts';
import type { AccountRuntime } from '../service/accountRuntime.ts';
import type { UserSignIn } from '../signIn/accountSignIn.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import type { Ready } from './doorRequest.ts';

/** An account that signs in for a user. */
interface ConsentTarget {
  readonly runtime: AccountRuntime;
  readonly user: UserSignIn;
}

export function findTarget(
  { parts }: Ready,
  name: string,
): ConsentTarget | { readonly refusal: ConsentRefusal } {
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

export function refuse({ code, message, retryable }: ConsentRefusal): Answer {
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
