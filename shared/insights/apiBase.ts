/** Where an account's API is, or why no token may be sent there. */
export type ApiBase =
  | { readonly ok: true; readonly url: URL }
  | { readonly ok: false; readonly problem: string };

// The global host (also US Government) and 21Vianet's. Source: Partner Center REST URLs.
const partnerCenterHosts = new Set([
  'api.partnercenter.microsoft.com',
  'partner.partnercenterapi.microsoftonline.cn',
]);

/**
 * The base URL of an account, ending with a slash, where the bearer token may go there: https and a known Partner
 * Center host, or one of `allowedHosts` (`host` or `host:port`, exactly; plain http only on loopback). Pure.
 */
export function parseApiBase(baseUrl: string, allowedHosts: readonly string[]): ApiBase {
  const url = URL.canParse(baseUrl) ? new URL(baseUrl) : null;
  if (url === null) return refuse('is no URL');
  if (url.username !== '' || url.password !== '') return refuse('must not hold a user or a password');
  if (url.search !== '' || url.hash !== '') return refuse('must end before the first ? or #');
  const isNamed = allowedHosts.some((host) => host.trim().toLowerCase() === url.host);
  if (!isNamed && !partnerCenterHosts.has(url.host))
    return refuse('is no Partner Center host and not allowed');
  const isPlain = url.protocol === 'http:' && isNamed && isLoopback(url.hostname);
  if (url.protocol !== 'https:' && !isPlain) return refuse('must be https');
  return { ok: true, url: new URL(`${url.pathname.replace(/\/+$/, '')}/`, url.origin) };
}

function refuse(why: string): ApiBase {
  return { ok: false, problem: `The base URL ${why}` };
}

function isLoopback(hostname: string): boolean {
  return (
    hostname === 'localhost' ||
    hostname.endsWith('.localhost') ||
    hostname === '[::1]' ||
    /^127(?:\.\d{1,3}){3}$/.test(hostname)
  );
}
