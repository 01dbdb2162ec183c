import type { SignInFailure } from '../signIn/signInFailure.ts';
import type { ConsentRefusal } from './consentRefusal.ts';

/** Entra's numbers for a code that nothing can be done with any more, and for one that is not for this request. */
const EXPIRED = new Set([70000, 70008, 54005, 9002313]);
const REFUSED = new Set([50011, 50148, 500112, 501481, 700005]);

/**
 * Why the code of a sign-in was not redeemed. What is wrong with a refresh token at other times is here the code's
 * fault; what is wrong with the app registration or its proof stays what it is. Pure.
 */
export function explainRedemption(failure: SignInFailure): ConsentRefusal {
  const number = Number(/AADSTS(\d+)/.exec(failure.message)?.[1] ?? 0);
  if (EXPIRED.has(number)) {
    return {
      code: 'consent_code_expired',
      message: `Entra takes the code of this sign-in no longer (AADSTS${number}): sign in again`,
      retryable: false,
    };
  }
  if (REFUSED.has(number)) {
    return {
      code: 'consent_code_refused',
      message: `the code of this sign-in is for another address or another sign-in (AADSTS${number})`,
      retryable: false,
    };
  }
  return failure;
}
