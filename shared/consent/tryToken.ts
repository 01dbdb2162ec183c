import type { InsightsFailure } from '../insights/insightsFailure.ts';
import type { AccountRuntime } from '../service/accountRuntime.ts';
import type { ConsentRefusal } from './consentRefusal.ts';

/** What Partner Center showed to the token. */
export type Tried =
  | { readonly ok: true; readonly reports: number; readonly isMfaConfirmed: boolean }
  | { readonly ok: false; readonly refusal: ConsentRefusal };

/** Proves by one real call, a list of reports with `ValidateMfa`, that the token opens Insights. */
export async function tryToken(
  runtime: Pick<AccountRuntime, 'clientWith'>,
  token: string,
  call: { readonly correlationId: string; readonly signal: AbortSignal; readonly deadlineMs: number },
): Promise<Tried> {
  const client = runtime.clientWith({ getToken: async () => ({ ok: true, token }) });
  try {
    const answer = await client.list({}, call);
    if (!answer.ok) {
      return { ok: false, refusal: explainRefusal(answer.failure) };
    }
    // It shows the reports all the same until it enforces what it says here.
    return answer.isMfaCompliant === false
      ? { ok: false, refusal: withoutMfa }
      : { ok: true, reports: answer.value.length, isMfaConfirmed: answer.isMfaCompliant === true };
  } finally {
    client.close();
  }
}

const withoutMfa: ConsentRefusal = {
  code: 'consent_without_mfa',
  message: 'Partner Center says that the sign-in was without multi-factor authentication',
  retryable: false,
};

function explainRefusal({ code, message, retryable }: InsightsFailure): ConsentRefusal {
  switch (code) {
    case 'forbidden':
      return {
        code: 'consent_without_role',
        message: 'Partner Center does not let the user see Insights (403)',
        retryable: false,
      };
    case 'mfa_required':
      return withoutMfa;
    default:
      return { code, message: `Partner Center was asked with the new token: ${message}`, retryable };
  }
}
