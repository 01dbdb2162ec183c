import type { ManagedIdentityCredential } from '@azure/identity';
import type { Fetched, FetchToken } from './createTokenSource.ts';
import { explainSignInError } from './explainSignInError.ts';
import type { SignInFailure } from './signInFailure.ts';

/** The audience of every Partner Center API. Source: "Make your first API call", Partner Insights. */
export const PARTNER_CENTER_RESOURCE = 'https://api.partnercenter.microsoft.com';

/** Below the limit of a sign-in as a whole, so that what failed can be told. */
const IDENTITY_LIMIT_IN_MS = 20_000;

/** The app's managed identity, loaded and made at the first call. */
export type OpenIdentity = () => Promise<ManagedIdentityCredential>;

/** The app's managed identity; the SDK is loaded at the first call. One credential per process. */
export function managedIdentityCredential(clientId: string | null): OpenIdentity {
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
export function managedIdentityTokens(credential: OpenIdentity): FetchToken {
  return () => identityToken(credential, PARTNER_CENTER_RESOURCE);
}

/** A token of the managed identity for that resource, or why there is none. Never rejects. */
export async function identityToken(credential: OpenIdentity, resource: string): Promise<Fetched> {
  try {
    const opened = await credential();
    // The race and not the signal alone: the SDK heeds no signal while the endpoint does not answer.
    const answer = await Promise.race([
      opened.getToken(`${resource}/.default`, { abortSignal: AbortSignal.timeout(IDENTITY_LIMIT_IN_MS) }),
      giveUpAfter(IDENTITY_LIMIT_IN_MS),
    ]);
    return { ok: true, token: answer.token, expiresAtMs: answer.expiresOnTimestamp };
  } catch (error) {
    return { ok: false, failure: explainSignInError(error, 'the managed identity') };
  }
}

/** A failure on its way through a library that knows exceptions only. */
export class SignInError extends Error {
  override readonly name = 'SignInError';
  readonly failure: SignInFailure;

  constructor(failure: SignInFailure) {
    super(failure.code);
    this.failure = failure;
  }
}

function giveUpAfter(limitInMs: number): Promise<never> {
  return new Promise((_resolve, reject) => {
    const timer = setTimeout(() => reject(new DOMException('no answer', 'TimeoutError')), limitInMs);
    timer.unref();
  });
}
