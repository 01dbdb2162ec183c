import { z } from 'zod';

/** Whom a verified access token speaks for. Ids are in lower case. */
export interface EntraPrincipal {
  /** `user` where the token acts for a signed-in user (it has a scope), `app` where it is an app's own. */
  readonly kind: 'app' | 'user';
  /** The app that got the token. */
  readonly clientId: string;
  /** The user, or the app's service principal. */
  readonly objectId: string;
  /** What the tenant calls it; not unique and not proven to anybody outside the tenant. */
  readonly name: string | null;
  readonly roles: readonly string[];
}

const guid = z.guid().transform((id) => id.toLowerCase());
const text = z.string().max(1_000).optional().catch(undefined);

const claimsShape = z.object({
  ver: z.enum(['1.0', '2.0']),
  iss: z.string(),
  tid: guid,
  oid: guid,
  // Version 1 names the client `appid`, version 2 `azp`. An ID token has neither, and must not pass for an access token.
  appid: guid.optional(),
  azp: guid.optional(),
  scp: z.string().optional(),
  roles: z.array(z.string().max(200)).max(500).default([]),
  app_displayname: text,
  preferred_username: text,
  upn: text,
  unique_name: text,
});

/**
 * Reads the claims of a token whose signature, audience and times are verified already; null where they are not those
 * of an access token of this tenant and of one of these issuers, each version having its own. Pure.
 * Source: https://learn.microsoft.com/entra/identity-platform/access-token-claims-reference
 */
export function entraPrincipalOf(
  claims: unknown,
  { tenantId, issuers }: { readonly tenantId: string; readonly issuers: EntraIssuers },
): EntraPrincipal | null {
  const parsed = claimsShape.safeParse(claims);
  if (!parsed.success) return null;
  const { ver, iss, tid, oid, appid, azp, scp, roles, ...names } = parsed.data;
  const clientId = ver === '1.0' ? appid : azp;
  if (tid !== tenantId || iss !== issuers[ver] || clientId === undefined) return null;
  const kind = scp === undefined ? 'app' : 'user';
  const name =
    kind === 'app' ? names.app_displayname : (names.preferred_username ?? names.upn ?? names.unique_name);
  return { kind, clientId, objectId: oid, name: name ?? null, roles };
}

/** Who issues the tokens of a tenant, by their version. */
export type EntraIssuers = { readonly [Version in '1.0' | '2.0']: string };

const CHINA: ReadonlySet<string> = new Set([
  'https://login.chinacloudapi.cn',
  'https://login.partner.microsoftonline.cn',
]);

/** The issuers of a tenant, exactly as its tokens name them. Source: Microsoft's OpenID configuration documents. Pure. */
export function entraIssuersOf(authorityHost: string, tenantId: string): EntraIssuers {
  const isChina = CHINA.has(authorityHost);
  const v1Host = isChina ? 'https://sts.chinacloudapi.cn' : 'https://sts.windows.net';
  const v2Host = isChina ? 'https://login.partner.microsoftonline.cn' : authorityHost;
  return { '1.0': `${v1Host}/${tenantId}/`, '2.0': `${v2Host}/${tenantId}/v2.0` };
}
