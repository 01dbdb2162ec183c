import { objectIdOf } from '../../tokens/tokenIssuer.ts';
import { keepRefreshToken } from '../directory/createDirectory.ts';
import type { Grant } from '../directory/directoryState.ts';
import type { GrantAnswer, GrantParts, GrantRequest } from './grantRequest.ts';
import { lifetimeFields } from './lifetimeFields.ts';

/** The tokens of a user's grant: access, a new refresh token, and who it was. */
export async function answerForUser(
  grant: Grant,
  { version }: Pick<GrantRequest, 'version'>,
  { state, tokens, nowMs }: GrantParts,
  nonce: string | null = null,
): Promise<GrantAnswer> {
  const { resource, tenantId, userName } = grant;
  const scopes = grant.scopes.map((name) => (name === '.default' ? 'user_impersonation' : name));
  const refresh = grant.offline ? keepRefreshToken(state, { ...grant, issuedAtMs: nowMs() }) : null;
  return {
    ok: true,
    body: {
      token_type: 'Bearer',
      scope: scopes.map((name) => (version === 1 ? name : `${resource}/${name}`)).join(' '),
      ...lifetimeFields(version, nowMs(), resource),
      access_token: await tokens.userToken(grant, resource),
      ...(refresh === null ? {} : { refresh_token: refresh }),
      id_token: await tokens.idToken(grant, nonce),
      client_info: encode({ uid: objectIdOf(`${tenantId}/${userName}`), utid: tenantId }),
    },
  };
}

function encode(value: object): string {
  return Buffer.from(JSON.stringify(value)).toString('base64url');
}
