import { consentKey, type DirectoryState, type Grant } from '../directory/directoryState.ts';
import { type EntraRefusal, refuse } from '../entraRefusal.ts';
import { type GrantAnswer, type GrantParts, type GrantRequest, missing, refused } from './grantRequest.ts';
import { answerForUser } from './userAnswer.ts';
import { findResource, parseScope } from './wantedScope.ts';

/** Source: Microsoft Learn, "Refresh tokens in the Microsoft identity platform". */
const inactivityInMs = 90 * 86_400_000;

/**
 * Redeems a refresh token. The answer brings a new one; the old one stays good until it is 90 days old itself, however
 * often it was used.
 */
export async function redeemRefreshToken(request: GrantRequest, parts: GrantParts): Promise<GrantAnswer> {
  const { form } = request;
  const value = form.get('refresh_token');
  if (value === null) {
    return refused(missing('refresh_token'));
  }
  const grant = parts.state.refreshTokens.get(value);
  if (grant === undefined) {
    return refused(refuse(9002313));
  }
  const refusal = refuseGrant(grant, request, parts);
  if (refusal !== null) {
    return refused(refusal);
  }
  const wanted = wantedOf(request, parts.state, grant);
  return 'code' in wanted ? refused(wanted) : answerForUser({ ...grant, ...wanted }, request, parts);
}

function refuseGrant(
  grant: Grant,
  { app, tenantId }: GrantRequest,
  { state, nowMs }: GrantParts,
): EntraRefusal | null {
  const user = state.users.get(grant.userName.toLowerCase());
  const issuedAt = new Date(grant.issuedAtMs).toISOString();
  if (grant.clientId !== app.clientId) {
    return refuse(700005);
  }
  if (user === undefined || grant.tenantId !== tenantId) {
    return refuse(50020, `The user is of tenant '${grant.tenantId}'.`);
  }
  if (nowMs() - grant.issuedAtMs >= inactivityInMs) {
    return refuse(700082, `The token was issued on ${issuedAt} and was inactive for 90.00:00:00.`);
  }
  if (grant.issuedAtMs < user.tokensValidFromMs || state.revokedSessions.has(grant.sessionId)) {
    return refuse(50173, `The grant was issued on '${issuedAt}'.`);
  }
  if (!state.consents.has(consentKey(app.clientId, grant.userName))) {
    return refuse(65001, `The application is '${app.clientId}'.`);
  }
  if (user.mfaDemand === 'enroll') {
    return refuse(50079, `To access '${grant.resource}'.`);
  }
  return user.mfaDemand === 'signIn' ? refuse(50076, `To access '${grant.resource}'.`) : null;
}

/** What the new tokens are for: as asked, else as before. */
function wantedOf(
  { form, version }: GrantRequest,
  state: DirectoryState,
  grant: Grant,
): Pick<Grant, 'resource' | 'scopes'> | EntraRefusal {
  if (version === 1) {
    const name = form.get('resource') ?? grant.resource;
    const resource = findResource(state, name);
    return resource === null
      ? refuse(500011, `It is named '${name}'.`)
      : { resource: resource.audience, scopes: grant.scopes };
  }
  const parsed = parseScope(form.get('scope') ?? '', state);
  if (!parsed.ok) {
    return parsed.refusal;
  }
  const { resource, scopes } = parsed.wanted;
  return resource === null ? grant : { resource, scopes };
}
