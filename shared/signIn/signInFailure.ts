import { type SecretClass, secretFailures } from '../secrets/secretReader.ts';

/** What a code of a failed sign-in means for the refresh token in the vault; what is missing is not so. */
interface SignInClass extends SecretClass {
  /** Entra refuses this token: the one that is in the vault now may be another. */
  readonly refusesToken?: true;
}

/** Why an account could not sign in. Stable: shown, alarmed and documented by these names. No call goes on without a token. */
const signInFailures = {
  /** For a reason that none of the others names. */
  sign_in_failed: {},
  /** The app has no managed identity, or not the one that the settings name: its endpoint answers 400. */
  identity_missing: {},
  /** The identity's endpoint gave no token, or none in time. */
  identity_unavailable: {},
  /** Entra could not be reached, gave no answer in time, or answered 5xx. */
  entra_unavailable: {},
  /** Entra answers 429. */
  entra_throttled: {},
  /** 700016: no such app registration in the tenant. */
  app_not_found: {},
  /** 90002: no such tenant. */
  tenant_not_found: {},
  /** 700213 and its like: the app registration does not trust the managed identity. */
  federated_trust_missing: {},
  /** 7000215. */
  app_secret_wrong: {},
  /** 7000222. */
  app_secret_expired: {},
  /** 700027 and its like, or what the vault holds is no certificate with its key. */
  app_certificate_unusable: {},
  /** 65001. */
  consent_missing: {},
  /** 50076, 50079, or the API's 900421. */
  mfa_required: {},
  /** No refresh token is in the vault. */
  refresh_token_missing: { endsValue: true },
  /** 700082 and its like: not used for 90 days, or its longest time is over. */
  refresh_token_expired: { refusesToken: true },
  /** 50173. */
  refresh_token_revoked: { refusesToken: true },
  /** What the vault holds is no refresh token of this app. */
  refresh_token_unusable: { refusesToken: true },
  /** The user's account is disabled, deleted, or barred by a policy. */
  user_blocked: {},
  ...secretFailures,
} as const satisfies Readonly<Record<string, SignInClass>>;

export type SignInFailureCode = keyof typeof signInFailures;

/** The row of a code, whichever it is. */
export function classOfSignIn(code: SignInFailureCode): SignInClass {
  return signInFailures[code];
}

/** True for the code of a sign-in that failed. */
export function isSignInFailure(code: string): code is SignInFailureCode {
  return Object.hasOwn(signInFailures, code);
}

/** Why there is no token. `message` is safe to show: no token, no secret, no address with a key in it. */
export interface SignInFailure {
  readonly code: SignInFailureCode;
  readonly message: string;
  /** Whether the same sign-in may succeed later without anybody changing anything. */
  readonly retryable: boolean;
}
