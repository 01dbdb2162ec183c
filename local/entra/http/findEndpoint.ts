import type { EntraEndpoint } from '../entraFault.ts';

/** Which endpoint of which tenant a request is for; `version` counts for tokens and discovery. */
export interface FoundEndpoint {
  readonly endpoint: EntraEndpoint;
  readonly tenant: string;
  readonly version: 1 | 2;
}

const routes: readonly (readonly [method: string, path: RegExp, endpoint: EntraEndpoint, version: 1 | 2])[] =
  [
    ['GET', /^\/([^/]+)\/v2\.0\/\.well-known\/openid-configuration$/, 'discovery', 2],
    ['GET', /^\/([^/]+)\/\.well-known\/openid-configuration$/, 'discovery', 1],
    ['GET', /^\/([^/]+)\/discovery\/v2\.0\/keys$/, 'keys', 2],
    ['GET', /^\/([^/]+)\/discovery\/keys$/, 'keys', 1],
    ['POST', /^\/([^/]+)\/oauth2\/v2\.0\/token$/, 'token', 2],
    ['POST', /^\/([^/]+)\/oauth2\/token$/, 'token', 1],
    ['GET', /^\/([^/]+)\/oauth2\/v2\.0\/authorize$/, 'authorize', 2],
    ['POST', /^\/([^/]+)\/oauth2\/v2\.0\/authorize$/, 'authorize', 2],
  ];

/** Null where nothing is served there. */
export function findEndpoint(method: string, pathname: string): FoundEndpoint | null {
  for (const [routeMethod, path, endpoint, version] of routes) {
    const tenant = path.exec(pathname)?.[1];
    if (routeMethod === method && tenant !== undefined) {
      return { endpoint, version, tenant: decodeURIComponent(tenant).toLowerCase() };
    }
  }
  return null;
}
