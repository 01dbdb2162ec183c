/**
 * The address of the next page, or null where the link leads anywhere but below the account's own base URL: the
 * bearer token goes nowhere else. Links may be absolute or relative. Pure.
 */
export function resolveNextLink(link: string, current: URL, base: URL): URL | null {
  if (!URL.canParse(link, current.href)) return null;
  const next = new URL(link, current.href);
  const isOwn = next.origin === base.origin && next.username === '' && next.password === '';
  const isBelow = next.pathname.toLowerCase().startsWith(base.pathname.toLowerCase());
  next.hash = '';
  return isOwn && isBelow ? next : null;
}
