import type { AuthenticationResult, ConfidentialClientApplication } from '@azure/msal-node';
import { z } from 'zod';
import type { AppRegistration } from '../model/signIn.ts';
import { type AppProof, proveApp, type ReadSecret } from './appProof.ts';
import { type EntraWatch, entraNetwork } from './entraNetwork.ts';
import { explainSignInError } from './explainSignInError.ts';
import { type OpenIdentity, PARTNER_CENTER_RESOURCE, SignInError } from './managedIdentity.ts';
import type { SignInFailure } from './signInFailure.ts';

/** What signing in as an app registration needs. */
export interface AppParts {
  readonly tenantId: string;
  readonly app: AppRegistration;
  readonly credential: OpenIdentity;
  readonly readSecret: ReadSecret;
  readonly nowMs: () => number;
  readonly watch: EntraWatch;
}

/** Tokens of the app on behalf of a user, as Entra handed them out just now. */
export interface UserTokens {
  readonly accessToken: string;
  /** On our own clock. */
  readonly expiresAtMs: number;
  /** The new one; null where Entra sent none, so that the old one goes on. */
  readonly refreshToken: string | null;
  /** The user's name for people. */
  readonly user: string;
  readonly tenantId: string;
}

/** What came of one grant. `proofExpiresAtMs` is when the app's secret or certificate ends. */
export type Granted =
  | { readonly ok: true; readonly tokens: UserTokens; readonly proofExpiresAtMs: number | null }
  | { readonly ok: false; readonly failure: SignInFailure };

/** App and user. Source: "Enable the Secure Application Model framework". */
const USER_SCOPES = [`${PARTNER_CENTER_RESOURCE}/user_impersonation`];

/** Redeems a refresh token once, past any cache. Never rejects. */
export function redeemRefreshToken(parts: AppParts, refreshToken: string): Promise<Granted> {
  return grant(parts, (client) =>
    // MSAL gives the new refresh token to its cache alone, and only where it is told to keep it.
    client.acquireTokenByRefreshToken({ refreshToken, scopes: USER_SCOPES, forceCache: true }),
  );
}

/** Redeems the code of a sign-in in the browser. Never rejects. */
export function redeemCode(
  parts: AppParts,
  {
    code,
    codeVerifier,
    redirectUri,
  }: { readonly code: string; readonly codeVerifier: string; readonly redirectUri: string },
): Promise<Granted> {
  return grant(parts, (client) =>
    client.acquireTokenByCode({
      code,
      codeVerifier,
      redirectUri,
      scopes: [...USER_SCOPES, 'offline_access'],
    }),
  );
}

async function grant(
  parts: AppParts,
  acquire: (client: ConfidentialClientApplication) => Promise<AuthenticationResult | null>,
): Promise<Granted> {
  const proof = await proveApp(parts);
  if (!proof.ok) {
    return proof;
  }
  // MSAL tells of a failed assertion in words of its own.
  const refused: SignInError[] = [];
  let seenStatus: number | null = null;
  const watch: EntraWatch = (exchange) => {
    seenStatus = exchange.httpStatus;
    parts.watch(exchange);
  };
  try {
    const client = await openClient({ ...parts, watch }, watched(proof.auth, refused));
    const result = await acquire(client);
    return result === null
      ? nothing
      : { ok: true, tokens: tokensOf(client, result, parts), proofExpiresAtMs: proof.expiresAtMs };
  } catch (error) {
    return { ok: false, failure: refused[0]?.failure ?? explainSignInError(error, 'Entra', seenStatus) };
  }
}

const nothing: Granted = {
  ok: false,
  failure: { code: 'sign_in_failed', message: 'Entra answered without a token', retryable: true },
};

type Auth = Extract<AppProof, { ok: true }>['auth'];

function watched(auth: Auth, refused: SignInError[]): Auth {
  const { clientAssertion } = auth;
  return typeof clientAssertion === 'function'
    ? {
        clientAssertion: async (config) => {
          try {
            return await clientAssertion(config);
          } catch (error) {
            refused.push(...(error instanceof SignInError ? [error] : []));
            throw error;
          }
        },
      }
    : auth;
}

/** A client of its own for each grant: what its cache holds afterwards came with that grant. */
async function openClient(
  { tenantId, app, watch }: AppParts,
  auth: Auth,
): Promise<ConfidentialClientApplication> {
  const { ConfidentialClientApplication } = await import('@azure/msal-node');
  const authority = `${app.authorityHost}/${tenantId}`;
  const endpoints = {
    authorization_endpoint: `${authority}/oauth2/v2.0/authorize`,
    token_endpoint: `${authority}/oauth2/v2.0/token`,
    issuer: `${authority}/v2.0`,
    jwks_uri: `${authority}/discovery/v2.0/keys`,
  };
  return new ConfidentialClientApplication({
    system: { networkClient: entraNetwork(watch) },
    auth: {
      ...auth,
      clientId: app.clientId,
      authority,
      // A private authority is taken at the settings' word.
      ...(app.isDiscovered
        ? {}
        : {
            knownAuthorities: [new URL(app.authorityHost).host],
            authorityMetadata: JSON.stringify(endpoints),
          }),
    },
  });
}

const cacheShape = z.object({ RefreshToken: z.record(z.string(), z.object({ secret: z.string() })) });

function tokensOf(
  client: ConfidentialClientApplication,
  result: AuthenticationResult,
  { nowMs }: AppParts,
): UserTokens {
  const cache = cacheShape.safeParse(JSON.parse(client.getTokenCache().serialize()));
  const [kept] = Object.values(cache.data?.RefreshToken ?? {});
  // As long as Entra says, on our clock: the two may differ.
  const leftInMs = (result.expiresOn?.getTime() ?? Date.now()) - Date.now();
  return {
    accessToken: result.accessToken,
    expiresAtMs: nowMs() + leftInMs,
    refreshToken: kept?.secret ?? null,
    user: result.account?.username ?? '',
    tenantId: result.tenantId,
  };
}
