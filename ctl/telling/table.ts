import { plain } from './plain.ts';
import { cut, pad, textWidth, wrap } from './textWidth.ts';

/** A row: the first cell is a name, which may be cut; the last is a note, which may be wrapped; none between is touched. */
export type Row = readonly string[];

const GAP = 2;
const SHORTEST_NAME = 12;
const SHORTEST_NOTE = 28;
const INDENT = 4;

/**
 * A table that fits `width` columns: the name is cut, the note is wrapped, or stands below its row where there is no room
 * beside it. What lies between (ids, states) stays whole, to be copied. Control characters are stripped. Pure.
 */
export function table(header: Row, rows: readonly Row[], width: number): readonly string[] {
  const all = [header, ...rows].map((row) => row.map(plain));
  const last = header.length - 1;
  const natural = header.map((_, column) => Math.max(...all.map((row) => textWidth(row[column] ?? ''))));
  const between = natural.slice(1, last).reduce((sum, one) => sum + one + GAP, 0);
  const [nameWidth = 0, noteWidth = 0] = [natural[0], natural[last]];
  const room = width - between - GAP;
  const isBeside = room - Math.min(nameWidth, 2 * SHORTEST_NAME) >= Math.min(noteWidth, SHORTEST_NOTE);
  const name = Math.max(
    Math.min(nameWidth, SHORTEST_NAME),
    Math.min(nameWidth, isBeside ? Math.max(room - noteWidth, 2 * SHORTEST_NAME) : room + GAP),
  );
  const widths = [name, ...natural.slice(1, last)];
  const lead = (row: Row) =>
    widths.map((one, column) => pad(column === 0 ? cut(row[0] ?? '', one) : (row[column] ?? ''), one));
  const render = (row: Row): readonly string[] => {
    const before = lead(row).join(' '.repeat(GAP));
    const note = row[last] ?? '';
    if (isBeside) {
      const [first = '', ...more] = wrap(note, room - name);
      const indent = ' '.repeat(textWidth(before) + GAP);
      return [`${before}${' '.repeat(GAP)}${first}`, ...more.map((line) => indent + line)];
    }
    return [
      before,
      ...(note === '' ? [] : wrap(note, width - INDENT).map((line) => ' '.repeat(INDENT) + line)),
    ];
  };
  const [head = [], ...body] = all;
  const rule = widths.map((one) => '-'.repeat(one)).join(' '.repeat(GAP));
  const noteRule = isBeside ? ' '.repeat(GAP) + '-'.repeat(Math.min(noteWidth, room - name)) : '';
  return [...render(head), rule + noteRule, ...body.flatMap(render)].map((line) => line.trimEnd());
}
