import { stripVTControlCharacters } from 'node:util';

const longestCell = 40;

/** Columns as wide as their longest cell (at most 40), under a header and a rule; the last one is never cut. Pure. */
export function formatTable(header: readonly string[], rows: readonly (readonly string[])[]): string {
  const last = header.length - 1;
  const cells = [header, ...rows].map((row) =>
    row.map((text, column) => (column === last ? plain(text) : cut(plain(text)))),
  );
  const widths = header.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const rule = widths.map((width) => '-'.repeat(Math.min(width, longestCell)));
  const [head = [], ...body] = cells;
  return [head, rule, ...body]
    .map((row) =>
      row.map((text, column) => text.padEnd(column === last ? 0 : (widths[column] ?? 0))).join('  '),
    )
    .join('\n');
}

/** A text as a terminal may show it: no control character does anything. Pure. */
export function plain(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
}

function cut(text: string): string {
  return text.length <= longestCell ? text : `${text.slice(0, longestCell - 1)}…`;
}
