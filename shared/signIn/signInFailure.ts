import type { SecretFailure } from '../secrets/secretReader.ts';

/** Why an account could not sign in. Stable: shown, alarmed and documented by these names. */
export type SignInFailureCode =
  /** For a reason that none of the others names. */
  | 'sign_in_failed'
  /** The app has no managed identity, or not the one that the settings name. */
  | 'identity_missing'
  /** The identity's endpoint gave no token, or none in time. */
  | 'identity_unavailable'
  /** Entra could not be reached, gave no answer in time, or answered 5xx. */
  | 'entra_unavailable'
  /** Entra answers 429. */
  | 'entra_throttled'
  /** 700016: no such app registration in the tenant. */
  | 'app_not_found'
  /** 90002: no such tenant. */
  | 'tenant_not_found'
  /** 700213 and its like: the app registration does not trust the managed identity. */
  | 'federated_trust_missing'
  /** 7000215. */
  | 'app_secret_wrong'
  /** 7000222. */
  | 'app_secret_expired'
  /** 700027 and its like, or what the vault holds is no certificate with its key. */
  | 'app_certificate_unusable'
  /** 65001. */
  | 'consent_missing'
  /** 50076, 50079, or the API's 900421. */
  | 'mfa_required'
  /** No refresh token is in the vault. */
  | 'refresh_token_missing'
  /** 700082: not used for 90 days. */
  | 'refresh_token_expired'
  /** 50173. */
  | 'refresh_token_revoked'
  /** What the vault holds is no refresh token of this app. */
  | 'refresh_token_unusable'
  /** The user's account is disabled, deleted, or barred by a policy. */
  | 'user_blocked'
  | SecretFailure['code'];

/** Every code of a sign-in that failed; no call of the account goes on without a token. */
export const SIGN_IN_CODES = [
  ...(['sign_in_failed', 'identity_missing', 'identity_unavailable', 'entra_unavailable'] as const),
  ...(['entra_throttled', 'app_not_found', 'tenant_not_found', 'federated_trust_missing'] as const),
  ...(['app_secret_wrong', 'app_secret_expired', 'app_certificate_unusable', 'consent_missing'] as const),
  ...(['mfa_required', 'refresh_token_missing', 'refresh_token_expired', 'refresh_token_revoked'] as const),
  ...(['refresh_token_unusable', 'user_blocked', 'secret_not_found', 'secret_forbidden'] as const),
  ...(['vault_throttled', 'vault_unauthorized', 'vault_unavailable'] as const),
] satisfies readonly SignInFailureCode[];

/** Why there is no token. `message` is safe to show: no token, no secret, no address with a key in it. */
export interface SignInFailure {
  readonly code: SignInFailureCode;
  readonly message: string;
  /** Whether the same sign-in may succeed later without anybody changing anything. */
  readonly retryable: boolean;
}
