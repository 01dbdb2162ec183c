/** Where on the page somebody is. Stands in the address behind `#`, so that it can be sent to a colleague. */
export type Place =
  | { readonly view: 'now' }
  | { readonly view: 'reports'; readonly show: string; readonly search: string; readonly account: string }
  | { readonly view: 'report'; readonly reportId: string; readonly account: string }
  | { readonly view: 'windows'; readonly search: string }
  | { readonly view: 'window'; readonly name: string }
  | { readonly view: 'runs'; readonly door: string }
  | { readonly view: 'run'; readonly runId: string }
  | { readonly view: 'accounts' };

/** Reads the part of an address behind `#`; what is no place of the page is its first sight. Pure. */
export function readPlace(hash: string): Place {
  const [path = '', query = ''] = hash.replace(/^#\/?/, '').split('?');
  const asked = new URLSearchParams(query);
  const textOf = (name: string) => asked.get(name) ?? '';
  const [view = '', ...names] = path.split('/').map(decode);
  const [first = ''] = names;
  switch (view) {
    case 'reports':
      return first === ''
        ? { view: 'reports', show: textOf('show'), search: textOf('search'), account: textOf('account') }
        : { view: 'report', reportId: first, account: textOf('account') };
    case 'windows':
      return first === '' ? { view: 'windows', search: textOf('search') } : { view: 'window', name: first };
    case 'runs':
      return first === '' ? { view: 'runs', door: textOf('door') } : { view: 'run', runId: first };
    case 'accounts':
      return { view: 'accounts' };
    default:
      return { view: 'now' };
  }
}

/** The address of a place. Pure. */
export function addressOf(place: Place): string {
  switch (place.view) {
    case 'now':
      return '#/';
    case 'accounts':
      return '#/accounts';
    case 'windows':
      return `#/windows${queryOf({ search: place.search })}`;
    case 'window':
      return `#/windows/${encodeURIComponent(place.name)}`;
    case 'runs':
      return `#/runs${queryOf({ door: place.door })}`;
    case 'run':
      return `#/runs/${encodeURIComponent(place.runId)}`;
    case 'reports':
      return `#/reports${queryOf({ show: place.show, search: place.search, account: place.account })}`;
    case 'report':
      return `#/reports/${encodeURIComponent(place.reportId)}${queryOf({ account: place.account })}`;
  }
}

function queryOf(fields: Readonly<Record<string, string>>): string {
  const said = new URLSearchParams(Object.entries(fields).filter(([, value]) => value !== ''));
  return said.size === 0 ? '' : `?${said}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return '';
  }
}
