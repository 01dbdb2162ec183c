import { readFileSync } from 'node:fs';
import { boundsMarkdown } from '../../../build/boundsDocument.ts';
import { eventsMarkdown, faultsMarkdown } from '../../../build/faultsDocument.ts';
import { between, settingsMarkdown, settingsSample } from '../../../build/settingsDocuments.ts';
import { eventTable } from '../../../shared/faults/eventTable.ts';
import { faultTable } from '../../../shared/faults/faultTable.ts';
import { settingsTable } from '../../../shared/settings/settingsTable.ts';
import { readSources } from '../architecture/sourceFiles.ts';

const read = (path: string) => readFileSync(path, 'utf8');

describe('the documents that are made from tables (npm run documents writes them anew)', () => {
  test('the sample settings are those of the table', () => {
    expect(read('local.settings.sample.json')).toBe(settingsSample());
  });

  test("the README's settings are those of the table", () => {
    const readme = read('README.md');

    expect(readme).toBe(between(readme, 'settings', settingsMarkdown()));
    expect(Object.keys(settingsTable).filter((name) => !readme.includes(`| \`${name}\` |`))).toEqual([]);
  });

  test('docs/faults.md has the codes of the table', () => {
    expect(read('docs/faults.md')).toBe(faultsMarkdown());
  });

  test('docs/events.md has the events of the table', () => {
    expect(read('docs/events.md')).toBe(eventsMarkdown());
  });

  test('docs/bounds.md has the bounds of the code', () => {
    expect(read('docs/bounds.md')).toBe(boundsMarkdown());
  });

  test('a document without the markers is not overwritten', () => {
    expect(() => between('# Intermission', 'settings', 'text')).toThrow('lacks the markers');
  });
});

describe('the table of codes', () => {
  const codes = faultTable.flatMap(({ entries }) => Object.keys(entries));

  test('has each code once', () => {
    expect(codes.filter((code, at) => codes.indexOf(code) !== at)).toEqual([]);
  });

  test('says of each code and event what it means and what to do, in sentences on one line', () => {
    const entries = [
      ...faultTable.flatMap((section) => Object.entries(section.entries)),
      ...Object.entries(eventTable),
    ];

    const bad = entries.filter(([, entry]) =>
      [entry.meaning, entry.remedy].some((text) => !/^["A-Z][^\n]{3,250}[.:]$/.test(text)),
    );
    expect(bad.map(([code]) => code)).toEqual([]);
  });

  test('knows every code that the doors and the service write', () => {
    const written = readSources('shared/http', 'shared/service').flatMap(({ code }) =>
      [
        ...code.matchAll(
          /(?:code: |problem(?:Answer)?\(\s*\d+,\s*|refuse\(\s*\d+,\s*|untrusted\(\s*parts,\s*)'(\w+)'/g,
        ),
      ].map(([, name = '']) => name),
    );
    const ofZod = new Set(['custom']);
    const known = new Set([...codes, ...ofZod]);

    expect(new Set(written).size).toBeGreaterThan(10);
    expect([...new Set(written)].filter((code) => !known.has(code))).toEqual([]);
  });

  test('knows every event that is written into the log', () => {
    const written = readSources('shared', 'functions').flatMap(({ code }) =>
      [...code.matchAll(/\bevent: '(\w+)'/g)].map(([, name = '']) => name),
    );

    expect(written.length).toBeGreaterThan(2);
    expect(written.filter((name) => !(name in eventTable))).toEqual([]);
  });
});
