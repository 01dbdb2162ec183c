import type { AppRegistration } from '../model/signIn.ts';
import { exchangeAudience } from './clouds.ts';
import type { FetchToken } from './createTokenSource.ts';
import { explainSignInError } from './explainSignInError.ts';
import { identityToken, type OpenIdentity, PARTNER_CENTER_RESOURCE, SignInError } from './managedIdentity.ts';

/** The identity's token that proves the app registration to Entra. @throws SignInError */
export function identityAssertion(credential: OpenIdentity, authorityHost: string): () => Promise<string> {
  return async () => {
    const fetched = await identityToken(credential, exchangeAudience(authorityHost));
    if (!fetched.ok) {
      throw new SignInError(fetched.failure);
    }
    return fetched.token;
  };
}

/**
 * An app-only token of the app registration, which the managed identity's token proves. Each call makes a credential of
 * its own, so that the SDK's cache never gives back a token that was refused.
 */
export function federatedAppTokens(options: {
  readonly tenantId: string;
  readonly app: AppRegistration;
  readonly credential: OpenIdentity;
  readonly nowMs: () => number;
}): FetchToken {
  const { tenantId, app, nowMs } = options;
  const assertion = identityAssertion(options.credential, app.authorityHost);
  return async () => {
    let refused: SignInError | null = null;
    let seenStatus: number | null = null;
    try {
      const { ClientAssertionCredential } = await import('@azure/identity');
      const getAssertion = () =>
        assertion().catch((error: unknown) => {
          refused = error instanceof SignInError ? error : null;
          throw error;
        });
      const credential = new ClientAssertionCredential(tenantId, app.clientId, getAssertion, {
        authorityHost: app.authorityHost,
        disableInstanceDiscovery: !app.isDiscovered,
        retryOptions: { maxRetries: 1, maxRetryDelayInMs: 2_000 },
        // The SDK forgets the status of an answer that is no JSON.
        additionalPolicies: [
          {
            position: 'perRetry',
            policy: {
              name: 'seeStatus',
              sendRequest: async (request, next) => {
                const response = await next(request);
                seenStatus = response.status;
                return response;
              },
            },
          },
        ],
      });
      const answer = await credential.getToken(`${PARTNER_CENTER_RESOURCE}/.default`);
      // As long as Entra says, on our clock: the two may differ.
      return { ok: true, token: answer.token, expiresAtMs: nowMs() + answer.expiresOnTimestamp - Date.now() };
    } catch (error) {
      const { failure } = refused ?? { failure: explainSignInError(error, 'Entra', seenStatus) };
      return { ok: false, failure };
    }
  };
}
