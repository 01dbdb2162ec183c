import type { SignInFailureCode } from './signInFailure.ts';

/** What one of Entra's error numbers means here, as one clause for a person. */
interface EntraCode {
  readonly code: SignInFailureCode;
  readonly because: string;
  /** It may pass by itself. */
  readonly isPassing?: true;
}

const certificate = 'Entra does not take the certificate of the app registration';
const trust = 'the app registration does not trust the managed identity';

/**
 * Entra's error numbers that a person can do something about. Microsoft warns that numbers may change: one that is not
 * here falls back to the OAuth error. Source: "Microsoft Entra authentication and authorization error codes".
 */
export const entraCodes: ReadonlyMap<number, EntraCode> = new Map<number, EntraCode>([
  [700082, { code: 'refresh_token_expired', because: 'the refresh token was not used for 90 days' }],
  [70008, { code: 'refresh_token_expired', because: 'the refresh token has expired' }],
  [
    70043,
    { code: 'refresh_token_expired', because: 'a policy on sign-in frequency ended the refresh token' },
  ],
  [
    700084,
    {
      code: 'refresh_token_expired',
      because: 'the refresh token is one of a single-page app and lived a day',
    },
  ],
  [50173, { code: 'refresh_token_revoked', because: 'the refresh token was revoked' }],
  [50132, { code: 'refresh_token_revoked', because: 'the session of the refresh token was ended' }],
  [50133, { code: 'refresh_token_revoked', because: 'the password of the user was changed' }],
  [70000, { code: 'refresh_token_unusable', because: 'what Key Vault holds is no valid refresh token' }],
  [
    70002,
    { code: 'refresh_token_unusable', because: 'what Key Vault holds is no refresh token of this app' },
  ],
  [9002313, { code: 'refresh_token_unusable', because: 'what Key Vault holds is no refresh token' }],
  [50076, { code: 'mfa_required', because: 'the user has to sign in with multi-factor authentication' }],
  [50079, { code: 'mfa_required', because: 'the user has to enrol for multi-factor authentication' }],
  [50074, { code: 'mfa_required', because: 'the user has to sign in with multi-factor authentication' }],
  [50078, { code: 'mfa_required', because: 'the multi-factor authentication of the user has expired' }],
  [65001, { code: 'consent_missing', because: 'nobody has consented to the app registration' }],
  [65004, { code: 'consent_missing', because: 'the user declined to consent' }],
  [700016, { code: 'app_not_found', because: 'the tenant has no app registration of this client id' }],
  [90002, { code: 'tenant_not_found', because: 'there is no such tenant' }],
  [900023, { code: 'tenant_not_found', because: 'there is no such tenant' }],
  [7000215, { code: 'app_secret_wrong', because: 'the client secret is wrong' }],
  [7000222, { code: 'app_secret_expired', because: 'the client secret has expired' }],
  [700027, { code: 'app_certificate_unusable', because: certificate }],
  [700030, { code: 'app_certificate_unusable', because: certificate }],
  [70021, { code: 'federated_trust_missing', because: trust }],
  [70025, { code: 'federated_trust_missing', because: 'the app registration has no federated credential' }],
  [700211, { code: 'federated_trust_missing', because: trust }],
  [700212, { code: 'federated_trust_missing', because: trust }],
  [700213, { code: 'federated_trust_missing', because: trust }],
  [700223, { code: 'federated_trust_missing', because: trust }],
  [700005, { code: 'refresh_token_unusable', because: 'the refresh token is of another app' }],
  [90033, { code: 'entra_unavailable', because: 'Entra has a passing fault', isPassing: true }],
  [90055, { code: 'entra_throttled', because: 'Entra asks to wait', isPassing: true }],
  [50020, { code: 'user_blocked', because: 'the user is not of the tenant' }],
  [50034, { code: 'user_blocked', because: 'the user does not exist in the tenant' }],
  [50053, { code: 'user_blocked', because: 'the user is locked' }],
  [50057, { code: 'user_blocked', because: 'the user is disabled' }],
  [53003, { code: 'user_blocked', because: 'a conditional access policy bars the sign-in' }],
]);
