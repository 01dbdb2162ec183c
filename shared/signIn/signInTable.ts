import type { SignInFailureCode } from './signInFailure.ts';

/** Which part of signing in failed, as a person would say it. */
export type SignInStep = 'the managed identity' | 'Entra';

/** What is known of a sign-in that failed. */
export interface SignInFacts {
  readonly step: SignInStep;
  /** HTTP status of the last answer; null where there was none. */
  readonly status: number | null;
  /** Entra's number, `AADSTS…`. */
  readonly number: number | null;
  /** `error` and `suberror` of OAuth, where the answer had them. */
  readonly oauthError: string | null;
  readonly subError: string | null;
}

/** What a failed sign-in of this kind means here. */
export interface SignInRow {
  readonly code: SignInFailureCode;
  /** As one clause for a person. */
  readonly because: string;
  /** True where it may pass by itself. */
  readonly isPassing: boolean;
  /** Which failures it is about: all that are named must fit. */
  readonly on: {
    readonly step?: SignInStep;
    readonly numbers?: readonly number[];
    readonly hasNumber?: boolean;
    readonly subErrors?: readonly string[];
    readonly oauthErrors?: readonly string[];
    readonly hasOauthError?: boolean;
    /** From and to, both included. */
    readonly statuses?: readonly [number, number];
  };
}

function row(code: SignInFailureCode, because: string, on: SignInRow['on'], isPassing = false): SignInRow {
  return { code, because, on, isPassing };
}

const IDENTITY_MISSING =
  'the managed identity gave no token; check that it is assigned to the app and that AZURE_CLIENT_ID names it';

const ofNumber = (code: SignInFailureCode, because: string, ...numbers: readonly number[]) =>
  row(code, because, { numbers });
const ofSubError = (code: SignInFailureCode, because: string, ...subErrors: readonly string[]) =>
  row(code, because, { step: 'Entra', subErrors });
const passing = (code: SignInFailureCode, because: string, on: SignInRow['on']) =>
  row(code, because, on, true);

/**
 * Every way in which signing in fails; the first row that fits counts, and the last one of each step fits all. Microsoft
 * warns that its numbers may change: one that is not here falls back to the OAuth error, then to the status. Sources:
 * "Microsoft Entra authentication and authorization error codes", "OAuth 2.0 authorization code flow" (suberrors), "Use
 * managed identities for App Service", and what `@azure/identity` and MSAL make of the answers.
 */
export const signInTable: readonly SignInRow[] = [
  ofNumber('refresh_token_expired', 'the refresh token was not used for 90 days', 700082),
  ofNumber('refresh_token_expired', 'the longest time that a refresh token may live is over', 700081),
  ofNumber('refresh_token_expired', 'the refresh token has expired', 70008, 50089),
  ofNumber(
    'refresh_token_expired',
    'a policy on sign-in frequency ended the refresh token',
    ...[70043, 70044, 70046],
  ),
  ofNumber('refresh_token_expired', 'the refresh token is one of a single-page app and lived a day', 700084),
  ofNumber('refresh_token_revoked', 'the refresh token was revoked', 50173),
  ofNumber('refresh_token_revoked', 'the session of the refresh token was ended', 50132),
  ofNumber('refresh_token_revoked', 'the password of the user was changed', 50133),
  ofNumber('refresh_token_unusable', 'what Key Vault holds is no valid refresh token', 70000),
  ofNumber('refresh_token_unusable', 'what Key Vault holds is no refresh token of this app', 70002),
  ofNumber('refresh_token_unusable', 'what Key Vault holds is no refresh token', 9002313),
  ofNumber('refresh_token_unusable', 'the refresh token is of another app', 700005),
  ofNumber('mfa_required', 'the user has to sign in with multi-factor authentication', 50076, 50074),
  ofNumber('mfa_required', 'the user has to enrol for multi-factor authentication', 50079, 50072),
  ofNumber('mfa_required', 'the multi-factor authentication of the user has expired', 50078),
  ofNumber('consent_missing', 'nobody has consented to the app registration', 65001),
  ofNumber('consent_missing', 'the user declined to consent', 65004),
  ofNumber('app_not_found', 'the tenant has no app registration of this client id', 700016),
  ofNumber('tenant_not_found', 'there is no such tenant', 90002, 900023),
  ofNumber('app_secret_wrong', 'the client secret is wrong', 7000215),
  ofNumber('app_secret_expired', 'the client secret has expired', 7000222),
  ofNumber(
    'app_certificate_unusable',
    'Entra does not take the certificate of the app registration',
    ...[700027, 700030],
  ),
  ofNumber(
    'federated_trust_missing',
    'the app registration does not trust the managed identity',
    ...[70021, 700211, 700212, 700213, 700223],
  ),
  ofNumber('federated_trust_missing', 'the app registration has no federated credential', 70025),
  ofNumber('user_blocked', 'the user is not of the tenant', 50020),
  ofNumber('user_blocked', 'the user does not exist in the tenant', 50034),
  ofNumber('user_blocked', 'the user is locked', 50053),
  ofNumber('user_blocked', 'the user is disabled', 50057),
  ofNumber('user_blocked', 'a conditional access policy bars the sign-in', 53000, 53001, 53003),
  passing('entra_throttled', 'Entra asks to wait', { numbers: [90055] }),
  passing('entra_unavailable', 'Entra has a passing fault', { numbers: [90033] }),

  // An identity that was assigned a moment ago takes its time to be known.
  row(
    'identity_missing',
    IDENTITY_MISSING,
    { step: 'the managed identity', statuses: [400, 400], hasNumber: false },
    true,
  ),
  row('sign_in_failed', 'Entra refused the managed identity', {
    step: 'the managed identity',
    hasNumber: true,
  }),
  passing('identity_unavailable', 'the managed identity gave no token now', { step: 'the managed identity' }),

  passing('entra_throttled', 'Entra asks to wait', { statuses: [429, 429] }),
  passing('entra_unavailable', 'Entra gave no token', { statuses: [500, 599] }),
  passing('entra_unavailable', 'Entra gave no token', { statuses: [408, 408] }),
  passing('entra_unavailable', 'Entra has a passing fault', {
    oauthErrors: ['temporarily_unavailable', 'server_error'],
  }),
  ofSubError('refresh_token_expired', 'the refresh token has expired', 'token_expired'),
  ofSubError('refresh_token_revoked', 'the refresh token was ended', 'bad_token'),
  ofSubError('consent_missing', 'nobody has consented to the app registration', 'consent_required'),
  row('mfa_required', 'the user has to sign in again', {
    oauthErrors: ['interaction_required', 'login_required'],
  }),
  row('sign_in_failed', 'Entra refused the sign-in', { hasNumber: true }),
  row('sign_in_failed', 'Entra refused the sign-in', { hasOauthError: true }),
  // No answer, or one that is not Entra's: a page of a proxy, say.
  passing('entra_unavailable', 'Entra gave no token', {}),
];

/** The row that a failure falls under. Pure. */
export function findSignInRow(facts: SignInFacts): SignInRow {
  const found = signInTable.find(({ on }) => fits(on, facts));
  if (found === undefined) throw new Error('the table of sign-in failures has a last row for everything');
  return found;
}

function fits(on: SignInRow['on'], { step, status, number, oauthError, subError }: SignInFacts): boolean {
  return (
    (on.step === undefined || on.step === step) &&
    (on.numbers === undefined || (number !== null && on.numbers.includes(number))) &&
    (on.hasNumber === undefined || on.hasNumber === (number !== null)) &&
    (on.subErrors === undefined || (subError !== null && on.subErrors.includes(subError))) &&
    (on.oauthErrors === undefined || (oauthError !== null && on.oauthErrors.includes(oauthError))) &&
    (on.hasOauthError === undefined || on.hasOauthError === (oauthError !== null)) &&
    (on.statuses === undefined || (status !== null && on.statuses[0] <= status && status <= on.statuses[1]))
  );
}
