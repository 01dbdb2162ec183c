/** OpenID's metadata of one tenant. Source: OpenID Connect Discovery 1.0, and what Entra publishes. */
export function openIdConfiguration(
  url: string,
  tenantId: string,
  version: 1 | 2,
): Readonly<Record<string, unknown>> {
  const base = `${url}/${tenantId}`;
  const isNew = version === 2;
  return {
    issuer: isNew ? `${base}/v2.0` : `https://sts.windows.net/${tenantId}/`,
    authorization_endpoint: `${base}/oauth2/v2.0/authorize`,
    token_endpoint: isNew ? `${base}/oauth2/v2.0/token` : `${base}/oauth2/token`,
    jwks_uri: isNew ? `${base}/discovery/v2.0/keys` : `${base}/discovery/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_modes_supported: ['query', 'form_post'],
    response_types_supported: ['code'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    tenant_region_scope: null,
    cloud_instance_name: new URL(url).host,
  };
}
