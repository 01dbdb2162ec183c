import { readFileSync } from 'node:fs';
import { occurrencesBetween } from '../../../shared/windows/occurrences.ts';
import { at, range } from './sampleWindow.ts';
import { parse } from './sampleWindows.ts';

const page = readFileSync('docs/windows.md', 'utf8');
const recipes = page.slice(page.indexOf('\n## Recipes\n'), page.indexOf('\n## What else'));

/** The headings of the recipes and the window below each, as the page has them. */
const written = new Map(
  recipes
    .split('\n### ')
    .slice(1)
    .map((section) => [section.slice(0, section.indexOf('\n')), jsonIn(section)] as const),
);

function jsonIn(section: string): unknown {
  return JSON.parse(/```json\n(.+?)```/s.exec(section)?.[1] ?? 'null');
}

function occurrencesOf(window: unknown, from: string, until: string) {
  const { windows, problems } = parse(window);
  expect(problems).toEqual([]);
  return windows.flatMap((one) => occurrencesBetween(one, at(from), at(until), 100)).map((one) => range(one));
}

const expected = {
  'Month-end close': [
    '2027-01-02T00:00:00Z 2027-05-01T00:00:00Z',
    '2027-01-29T18:00:00Z 2027-02-01T18:00:00Z',
    '2027-02-26T18:00:00Z 2027-03-01T18:00:00Z',
    '2027-03-29T17:00:00Z 2027-04-01T17:00:00Z',
    '2027-04-28T17:00:00Z 2027-05-01T17:00:00Z',
  ],
  // The second Tuesdays are 12 January, 9 February, 9 March and 13 April; clocks change on 14 March.
  'Saturday after the second Tuesday': [
    '2027-01-01T00:00:00Z 2027-05-01T00:00:00Z',
    '2027-01-17T01:00:00Z 2027-01-17T09:00:00Z',
    '2027-02-14T01:00:00Z 2027-02-14T09:00:00Z',
    '2027-03-14T01:00:00Z 2027-03-14T08:00:00Z',
    '2027-04-18T00:00:00Z 2027-04-18T08:00:00Z',
  ],
  'Every second week': [
    '2026-01-01T00:00:00Z 2028-01-01T00:00:00Z',
    '2027-01-02T21:00:00Z 2027-01-03T05:00:00Z',
    '2027-01-16T21:00:00Z 2027-01-17T05:00:00Z',
    '2027-01-30T21:00:00Z 2027-01-31T05:00:00Z',
    '2027-02-13T21:00:00Z 2027-02-14T05:00:00Z',
    '2027-02-27T21:00:00Z 2027-02-28T05:00:00Z',
    '2027-03-13T21:00:00Z 2027-03-14T05:00:00Z',
    '2027-03-27T21:00:00Z 2027-03-28T04:00:00Z',
  ],
  'Christmas freeze': [
    '2026-11-01T00:00:00Z 2028-11-01T00:00:00Z',
    '2026-12-18T17:00:00Z 2027-01-04T05:00:00Z',
    '2027-12-18T17:00:00Z 2028-01-04T05:00:00Z',
  ],
  'Two weeks of migration nights': [
    '2027-01-01T00:00:00Z 2028-01-01T00:00:00Z',
    ...[20, 21, 22, 23, 24, 25, 26].map((day) => `2027-03-${day}T21:00:00Z 2027-03-${day + 1}T05:00:00Z`),
    '2027-03-27T21:00:00Z 2027-03-28T04:00:00Z',
    ...[28, 29, 30].map((day) => `2027-03-${day}T20:00:00Z 2027-03-${day + 1}T04:00:00Z`),
    '2027-03-31T20:00:00Z 2027-04-01T04:00:00Z',
    '2027-04-01T20:00:00Z 2027-04-02T04:00:00Z',
    '2027-04-02T20:00:00Z 2027-04-03T04:00:00Z',
  ],
};

test.each(Object.entries(expected))(
  'the recipe "%s" opens when the page says',
  (heading, [looked = '', ...open]) => {
    const [from = '', until = ''] = looked.split(' ');

    expect(occurrencesOf(written.get(heading), from, until)).toEqual(open);
  },
);

test('each recipe of the page is held against what it says', () => {
  expect([...written.keys()]).toEqual(Object.keys(expected));
});

test('the windows at the head of the page are right', () => {
  const windows = jsonIn(page);

  expect(parse(...(Array.isArray(windows) ? windows : [])).problems).toEqual([]);
  expect(windows).toHaveLength(2);
});
