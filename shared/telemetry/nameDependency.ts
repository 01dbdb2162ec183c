/** What a request was for, as far as its address tells. */
export type DependencyService =
  | 'partnerCenter'
  | 'storage'
  | 'keyVault'
  | 'entra'
  | 'managedIdentity'
  | 'other';

const UUID = /[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}/gi;

/** Which service answers there. Azurite and the local cloud count as what they stand for. Pure. */
export function serviceOf(url: URL): DependencyService {
  const { hostname, pathname } = url;
  if (/\/insights\/v[\d.]+\/(?:mpn|cmp)(?:\/|$)/i.test(pathname)) {
    return 'partnerCenter';
  }
  if (/\.(?:table|queue|blob)\./.test(hostname) || pathname.startsWith('/devstoreaccount1')) {
    return 'storage';
  }
  if (/\.(?:vault|managedhsm)\./.test(hostname)) {
    return 'keyVault';
  }
  if (/\/msi\/token\/?$|\/metadata\/identity\//.test(pathname)) {
    return 'managedIdentity';
  }
  return /\/oauth2\/|\/\.well-known\/|\/discovery\//.test(pathname) ? 'entra' : 'other';
}

/** Method and path without what differs from call to call: ids, keys of rows, versions. Never a query. Pure. */
export function nameDependency(method: string, url: URL): string {
  return `${method} ${shortPath(url)}`;
}

function shortPath(url: URL): string {
  const path = url.pathname.replace(UUID, '{id}');
  switch (serviceOf(url)) {
    case 'partnerCenter':
      return path
        .replace(/^.*?\/insights\/v[\d.]+\/(?:mpn|cmp)(?=\/|$)/i, '')
        .replace(/\{id\}(?:(?:,|%2C)\{id\})+/gi, '{ids}');
    case 'storage':
      return path
        .replace(/^\/devstoreaccount1(?=\/|$)/, '')
        .replace(/\(.*$/, '()')
        .replace(/\/messages\/.+$/, '/messages/{id}');
    case 'keyVault':
      return path.replace(/^\/(\w+)\/[^/]+(\/[^/]+)?.*$/, (_, kind: string, version?: string) =>
        version === undefined ? `/${kind}/{name}` : `/${kind}/{name}/{version}`,
      );
    default:
      return path;
  }
}
