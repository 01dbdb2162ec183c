import { refuse } from '../entraRefusal.ts';
import { type GrantAnswer, type GrantParts, type GrantRequest, missing, refused } from './grantRequest.ts';
import { lifetimeFields } from './lifetimeFields.ts';
import { findResource } from './wantedScope.ts';

/** An app-only token. Source: "OAuth 2.0 client credentials flow". */
export async function grantToApp(request: GrantRequest, parts: GrantParts): Promise<GrantAnswer> {
  const { form, app, tenantId, version } = request;
  const wanted = form.get(version === 1 ? 'resource' : 'scope');
  if (wanted === null) {
    return refused(missing(version === 1 ? 'resource' : 'scope'));
  }
  if (version === 2 && !wanted.endsWith('/.default')) {
    return refused(refuse(70011, `The scope ${wanted} is not valid: the resource and /.default is.`));
  }
  const name = version === 1 ? wanted : wanted.slice(0, -'/.default'.length);
  const resource = findResource(parts.state, name);
  if (resource === null) {
    return refused(refuse(500011, `It is named '${name}'.`));
  }
  const token = await parts.tokens.appToken({
    ...{ tenantId, clientId: app.clientId, audience: resource.audience },
  });
  const times = lifetimeFields(version, parts.nowMs(), resource.audience);
  return { ok: true, body: { token_type: 'Bearer', ...times, access_token: token } };
}
