import { randomUUID } from 'node:crypto';
import { objectIdOf, type TokenIssuer, type TokenRequest } from '../../tokens/tokenIssuer.ts';
import { TOKEN_EXCHANGE } from '../directory/createDirectory.ts';
import { type DirectoryState, type Grant, roleKey } from '../directory/directoryState.ts';

/** Makes the tokens that one Entra hands out. */
export interface TokenMaker {
  /** A token without a user in it, for an app or a managed identity. */
  appToken(token: { tenantId: string; clientId: string; audience: string }): Promise<string>;
  userToken(grant: Grant, audience: string): Promise<string>;
  idToken(grant: Grant, nonce: string | null): Promise<string>;
  /** For the managed identities of the tenant: what Entra makes of their requests. */
  readonly identityIssuer: Pick<TokenIssuer, 'issue'>;
}

/** Seconds; Entra's own default is 60 to 90 minutes. */
export const TOKEN_LIFETIME_IN_SECONDS = 3_599;

export function createTokenMaker(options: {
  readonly issuer: Pick<TokenIssuer, 'issue' | 'sign'>;
  readonly state: DirectoryState;
  readonly url: string;
  readonly nowMs: () => number;
}): TokenMaker {
  const { issuer, state, url, nowMs } = options;

  const issueForApp = (request: TokenRequest): Promise<string> => {
    const api = [...state.apps.values()].find(({ identifierUri }) => identifierUri === request.audience);
    const roles = state.roles.get(roleKey(request.clientId, request.audience));
    if (request.audience === TOKEN_EXCHANGE || api !== undefined) {
      return issuer.sign(versionTwoClaims(request, { url, roles, audience: api?.clientId }));
    }
    return issuer.issue(roles === undefined ? request : { ...request, roles });
  };

  return {
    identityIssuer: { issue: issueForApp },
    appToken: (token) => {
      const lifetimeInSeconds = TOKEN_LIFETIME_IN_SECONDS;
      const app = { kind: 'app', mfa: false, userName: null } as const;
      return issueForApp({ ...app, ...token, issuedAtMs: nowMs(), lifetimeInSeconds });
    },
    userToken: ({ userName, tenantId, clientId, mfa }, audience) =>
      issuer.issue({
        ...{ kind: 'user', userName, tenantId, clientId, mfa, audience },
        ...{ issuedAtMs: nowMs(), lifetimeInSeconds: TOKEN_LIFETIME_IN_SECONDS },
      }),
    idToken: ({ userName, tenantId, clientId }, nonce) => {
      const issuedAt = Math.floor(nowMs() / 1000);
      const oid = objectIdOf(`${tenantId}/${userName}`);
      return issuer.sign({
        ...{ aud: clientId, iss: `${url}/${tenantId}/v2.0`, ver: '2.0', tid: tenantId, oid, sub: oid },
        ...{ iat: issuedAt, nbf: issuedAt, exp: issuedAt + TOKEN_LIFETIME_IN_SECONDS },
        ...{ name: userName, preferred_username: userName },
        ...(nonce === null ? {} : { nonce }),
      });
    },
  };
}

/** Source: Microsoft Learn, "Access token claims reference", version 2.0. */
function versionTwoClaims(
  request: TokenRequest,
  api: { url: string; roles: readonly string[] | undefined; audience: string | undefined },
) {
  const issuedAt = Math.floor(request.issuedAtMs / 1000);
  const oid = objectIdOf(request.clientId);
  return {
    ...{ aud: api.audience ?? request.audience, iss: `${api.url}/${request.tenantId}/v2.0`, ver: '2.0' },
    ...{ tid: request.tenantId, azp: request.clientId, azpacr: '2', idtyp: 'app', oid, sub: oid },
    ...{ iat: issuedAt, nbf: issuedAt, exp: issuedAt + request.lifetimeInSeconds, jti: randomUUID() },
    ...(api.roles === undefined ? {} : { roles: [...api.roles] }),
  };
}
