import { jsonLine, plain } from '../../../ctl/telling/plain.ts';
import { table } from '../../../ctl/telling/table.ts';
import { cut, fitLine, textWidth, wrap } from '../../../ctl/telling/textWidth.ts';

const id = 'b0000000-0000-4000-8000-000000000001';
const header = ['Report', 'Id', 'Now', 'Why'];
const long = 'Seats and revenue of every customer of the north, by month and by product, daily';
const why = 'paused by us, and still held by window storage-move until the end of the night (held)';

describe('a table', () => {
  test.each([70, 80, 100, 120, 200])(
    'fits %d columns, with every id and every word of the note whole',
    (width) => {
      const lines = table(header, [[long, id, 'Paused', why]], width);

      expect(Math.max(...lines.map(textWidth))).toBeLessThanOrEqual(width);
      expect(lines.some((line) => line.includes(id))).toBe(true);
      const words = lines.join(' ').split(/\s+/);
      expect(why.split(' ').filter((word) => !words.includes(word))).toEqual([]);
    },
  );

  test('is as wide as it needs where nobody watches', () => {
    const [, , row] = table(header, [[long, id, 'Paused', why]], Number.POSITIVE_INFINITY);

    expect(row).toBe(`${long}  ${id}  Paused  ${why}`);
  });

  test('keeps its columns under one another with wide characters too', () => {
    const [, , one, two] = table(
      header,
      [
        ['売上 日次', id, 'Paused', 'a'],
        ['plain', id, 'Active', 'b'],
      ],
      120,
    );

    expect(textWidth((one ?? '').split(id)[0] ?? '')).toBe(textWidth((two ?? '').split(id)[0] ?? ''));
  });

  test('lets no control character of a name through', () => {
    const lines = table(header, [['a\u001b[2Jb\r\nc\u202ed\u009be', id, 'Paused', '\u0007']], 120);

    expect(lines.join('')).not.toMatch(/[\p{Cc}\p{Cf}]/u);
    expect(lines[2]).toMatch(/^ab cd/);
  });
});

describe('text in a terminal', () => {
  test('is cut to whole characters', () => {
    expect([cut('daily', 5), cut('daily!', 5), cut('日次売上', 5)]).toEqual(['daily', 'dail…', '日次…']);
  });

  test('is wrapped between words', () => {
    expect(wrap('one two three', 7)).toEqual(['one two', 'three']);
  });

  test('has no line breaks and no directions of its own', () => {
    expect(plain('a\nb\u2028c\u200fd\u001b]0;title\u0007e')).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
  });

  test('as JSON keeps every character, and shows none that acts', () => {
    const value = { name: 'a\u001b[2J\u009b\u202e\u2028\u{e0001}é日' };

    expect(jsonLine(value)).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}]/u);
    expect(JSON.parse(jsonLine(value))).toEqual(value);
  });
});

describe('a line that is longer than the terminal', () => {
  test('is broken between words, and what follows stands further in', () => {
    expect(fitLine('  Comes back at the next tick: 1 report', 24)).toEqual([
      '  Comes back at the',
      '    next tick: 1 report',
    ]);
  });

  test.each(['Usage  b0000000-0000-4000-8000-000000000001  Paused', 'short'])('but for %s', (line) => {
    expect(fitLine(line, 20)).toEqual([line]);
  });

  test('stays whole where nobody watches', () => {
    expect(fitLine('a b '.repeat(200).trim(), Number.POSITIVE_INFINITY)).toHaveLength(1);
  });
});
