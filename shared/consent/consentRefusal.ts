import type { InsightsFailureCode } from '../insights/insightsFailure.ts';

/** Why a consent came to nothing, beside the codes of sign-in, Key Vault and calls. Stable. */
export type ConsentCode =
  | 'unknown_account'
  /** The account signs in without a user. */
  | 'no_consent_needed'
  /** The code of the sign-in was used before, is too old, or is none. */
  | 'consent_code_expired'
  /** The code belongs to another verifier, address or app. */
  | 'consent_code_refused'
  | 'consent_wrong_tenant'
  | 'consent_wrong_audience'
  | 'consent_without_mfa'
  /** Partner Center answers 403. */
  | 'consent_without_role'
  | 'consent_without_refresh_token'
  /** The token is stored, but signing in with it failed. */
  | 'consent_unproven'
  /** A run holds the account. */
  | 'account_busy';

/** One reason, safe to show: no token, no code of a sign-in, no secret. */
export interface ConsentRefusal {
  readonly code: ConsentCode | InsightsFailureCode;
  readonly message: string;
  /** Whether the same may succeed later without anybody changing anything; the user signs in again all the same. */
  readonly retryable: boolean;
}
