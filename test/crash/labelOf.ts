import type { PassingRequest } from './startProxy.ts';

/** What a request does, for people: `write lease+hold`, `read live`, `PUT report`; ids left out. */
export function labelOf({ method, path, body }: PassingRequest): string {
  if (path.includes('/ScheduledReport')) {
    return method === 'GET' ? 'list reports' : `${method} report`;
  }
  if (path.endsWith('/Tables')) {
    return 'make table';
  }
  const kinds = new Set(
    [...`${decodeURIComponent(path)} ${body}`.matchAll(/RowKey(?:='|":")([^'"]+)/gi)].map(([, key = '']) =>
      kindOf(decodeURIComponent(key)),
    ),
  );
  const verb = method === 'GET' ? 'read' : method === 'DELETE' ? 'delete' : 'write';
  return `${verb} ${[...kinds].sort().join('+') || 'rows'}`;
}

function kindOf(rowKey: string): string {
  const [kind = ''] = rowKey.split('|', 1);
  return /^[\da-f]{8}-/.test(kind) ? 'history' : kind;
}
