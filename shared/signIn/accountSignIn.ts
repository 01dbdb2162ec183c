import type { Account } from '../model/account.ts';
import type { FetchParts } from '../secrets/fetchWithin.ts';
import { fetchWithin } from '../secrets/fetchWithin.ts';
import type { SecretWriter } from '../secrets/secretWriter.ts';
import type { Clock } from '../time/clock.ts';
import { type AppParts, redeemRefreshToken } from './confidentialApp.ts';
import { createTokenSource, type FetchToken } from './createTokenSource.ts';
import type { EntraWatch } from './entraNetwork.ts';
import { federatedAppTokens } from './federatedApp.ts';
import { managedIdentityTokens, type OpenIdentity } from './managedIdentity.ts';
import { createRefreshTokenKeeper, type RefreshTokenKeeper } from './refreshTokenKeeper.ts';
import { createRefreshTokenStore, type RefreshTokenStore } from './refreshTokenStore.ts';
import type { SignInFailure } from './signInFailure.ts';
import type { TokenAnswer, TokenSource } from './tokenSource.ts';

/** The last sign-in of an account in this process. */
interface LastSignIn {
  readonly atMs: number;
  readonly failure: SignInFailure | null;
}

/** How an account signs in, as long as the process lives. */
export interface AccountSignIn {
  readonly tokens: TokenSource;
  /** Null before the first sign-in. */
  last(): LastSignIn | null;
  /** Only where the account signs in for a user. */
  readonly user: UserSignIn | null;
}

/** What belongs to a sign-in for a user. */
export interface UserSignIn {
  readonly keeper: RefreshTokenKeeper;
  readonly store: RefreshTokenStore;
  /** What the app registration signs in with, for the redemption of a consent's code. */
  readonly app: AppParts;
}

/** What signing in works with; the vault is asked in real time, whatever clock the service has. */
export interface SignInParts {
  readonly credential: OpenIdentity;
  readonly vault: FetchParts & { readonly writer: SecretWriter };
  readonly clock: Clock;
  /** Told of the requests to Entra. */
  readonly watch: EntraWatch;
}

/** Makes the sign-in that the account's settings describe, or one by `given`. Nothing is called yet. */
export function createAccountSignIn(account: Account, parts: SignInParts, given?: FetchToken): AccountSignIn {
  const { clock } = parts;
  const user = userSignIn(account, parts);
  let last: LastSignIn | null = null;
  const onAnswer = (answer: TokenAnswer) => {
    last = { atMs: clock.now(), failure: answer.ok ? null : answer.failure };
  };
  const fetchToken = given ?? (user === null ? appTokens(account, parts) : userTokens(user.keeper));
  return { tokens: createTokenSource({ fetchToken, clock, onAnswer }), last: () => last, user };
}

function appTokens({ signIn, tenantId }: Account, { credential, clock }: SignInParts): FetchToken {
  return signIn.mode === 'federatedApp'
    ? federatedAppTokens({ tenantId, app: signIn.app, credential, nowMs: clock.now })
    : managedIdentityTokens(credential);
}

function userTokens(keeper: RefreshTokenKeeper): FetchToken {
  return async () => {
    const granted = await keeper.redeem();
    return granted.ok
      ? { ok: true, token: granted.tokens.accessToken, expiresAtMs: granted.tokens.expiresAtMs }
      : granted;
  };
}

function userSignIn({ signIn, tenantId }: Account, parts: SignInParts): UserSignIn | null {
  if (signIn.mode !== 'secureApp') {
    return null;
  }
  const { credential, vault, clock, watch } = parts;
  const app: AppParts = {
    ...{ tenantId, app: signIn.app, credential, nowMs: clock.now, watch },
    readSecret: (name) => fetchWithin(name, vault),
  };
  const store = createRefreshTokenStore(signIn.refreshTokenName, vault);
  const keeper = createRefreshTokenKeeper({
    ...{ store, clock },
    redeemToken: (refreshToken) => redeemRefreshToken(app, refreshToken),
  });
  return { keeper, store, app };
}
