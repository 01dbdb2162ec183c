import type { SignInFailure } from './signInFailure.ts';

/** A token for the account, or why there is none. */
export type TokenAnswer =
  | { readonly ok: true; readonly token: string }
  | { readonly ok: false; readonly failure: SignInFailure };

/** Where the bearer token of one account comes from. Caches, and asks once for many callers (single flight). */
export interface TokenSource {
  /** With `forceRefresh` the cached token is known to be refused. An abort may be answered or thrown. */
  getToken(options: { readonly forceRefresh: boolean; readonly signal: AbortSignal }): Promise<TokenAnswer>;
}
