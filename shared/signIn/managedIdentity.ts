import type { ManagedIdentityCredential } from '@azure/identity';
import type { TokenAnswer } from '../insights/tokenSource.ts';
import type { FetchToken } from './createTokenSource.ts';

/** The audience of every Partner Center API. Source: "Make your first API call", Partner Insights. */
const PARTNER_CENTER_SCOPE = 'https://api.partnercenter.microsoft.com/.default';

/** An identity endpoint that never answers must not hold a run, nor every later one that waits for the same token. */
const SIGN_IN_TIMEOUT_IN_MS = 30_000;

/** The app's managed identity; the SDK is loaded at the first call. One credential per process. */
export function managedIdentityCredential(clientId: string | null): () => Promise<ManagedIdentityCredential> {
  let made: Promise<ManagedIdentityCredential> | null = null;
  return () => {
    made ??= import('@azure/identity').then(({ ManagedIdentityCredential }) =>
      clientId === null ? new ManagedIdentityCredential() : new ManagedIdentityCredential({ clientId }),
    );
    return made;
  };
}

/**
 * A token for Partner Center straight from the managed identity: app-only, no user in it. The SDK keeps tokens in a
 * cache of the process and offers no way around it, so a token that was refused may come again until it is old.
 */
export function managedIdentityTokens(credential: () => Promise<ManagedIdentityCredential>): FetchToken {
  return async () => {
    const answer = await (await credential()).getToken(PARTNER_CENTER_SCOPE, {
      abortSignal: AbortSignal.timeout(SIGN_IN_TIMEOUT_IN_MS),
    });
    return { token: answer.token, expiresAtMs: answer.expiresOnTimestamp };
  };
}

/** Why the identity gave no token, without a word of the library's own text, which may hold addresses and ids. */
export function explainSignInError(error: unknown): Extract<TokenAnswer, { ok: false }>['failure'] {
  const name = error instanceof Error ? error.name : 'unknown error';
  return {
    code: 'sign_in_failed',
    message: `the managed identity gave no token for Partner Center (${name}); check that the identity is assigned to the app and that AZURE_CLIENT_ID names it`,
    retryable: true,
  };
}
