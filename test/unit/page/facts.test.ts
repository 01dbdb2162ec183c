import { humanTimes } from '../../../page/facts/humanTimes.ts';
import { matching } from '../../../page/facts/kinds.ts';
import { pausesIn } from '../../../page/facts/pauses.ts';
import { firstSight } from '../../../page/facts/sentence.ts';
import { placeOf, timelineOf } from '../../../page/facts/timeline.ts';
import { countdown, startOfDay, whenOf } from '../../../page/facts/times.ts';
import { personOf } from '../../../page/facts/words.ts';
import { addressOf, type Place, readPlace } from '../../../page/place.ts';
import { holdOf, NOW, occurrence, pausedUntil, reportOf, windowOf } from './sampleAnswers.ts';

const AMSTERDAM = 'Europe/Amsterdam';

function sentenceOf(known: Partial<Parameters<typeof firstSight>[0]>): string {
  const { stuck, now, next } = firstSight({
    ...{ reports: [], windows: [], troubles: [], nowMs: NOW, timeZone: AMSTERDAM, ...known },
  });
  return `${stuck} ${now} ${next}`;
}

describe('the sentence at first sight', () => {
  test('says what is paused until when, and which window opens next, in its own time', () => {
    const reports = Array.from({ length: 4 }, () => pausedUntil('2026-01-12T22:16:00Z'));

    expect(sentenceOf({ reports, windows: [windowOf()] })).toBe(
      'Nothing is stuck. 4 reports are paused by us until 23:16. Next: nightly, Tue 13 Jan 02:00 to 06:00 Amsterdam.',
    );
  });

  test('says of several ends the first and the last, and how many have none', () => {
    const reports = [
      ...[pausedUntil('2026-01-13T06:00:00Z'), pausedUntil('2026-01-12T22:00:00Z'), pausedUntil(null)],
    ];

    expect(sentenceOf({ reports })).toContain(
      '3 reports are paused by us, the first until 23:00, the last until tomorrow 07:00, 1 of them until somebody resumes.',
    );
    expect(sentenceOf({ reports: [pausedUntil(null)] })).toContain(
      '1 report is paused by us until somebody resumes it.',
    );
  });

  test('counts each report that needs somebody, and a fault of an account as one', () => {
    const trouble = { id: 'x', title: '', message: '', whatToDo: '', address: null };
    const troubles = [
      { ...trouble, reports: [reportOf(), reportOf()] },
      { ...trouble, reports: [] },
    ];

    expect(sentenceOf({ troubles })).toMatch(/^3 things need you\./);
    expect(sentenceOf({ troubles: troubles.slice(1) })).toMatch(/^1 thing needs you\./);
  });

  test('passes over a start that is behind us, and says so where none is ahead', () => {
    const over = windowOf({ next: [] });

    expect(sentenceOf({ windows: [over] })).toContain('No window opens again.');
    expect(
      sentenceOf({
        windows: [
          windowOf({ name: 'b' }),
          windowOf({ name: 'a', next: [occurrence('2026-01-12T23:00:00Z', null)] }),
        ],
      }),
    ).toContain('Next: a, Tue 13 Jan 00:00 Amsterdam, until somebody resumes.');
  });
});

describe('the timeline', () => {
  const of = (known: Partial<Parameters<typeof timelineOf>[0]>) =>
    timelineOf({
      windows: [],
      reports: [],
      plan: null,
      past: null,
      nowMs: NOW,
      timeZone: AMSTERDAM,
      ...known,
    });

  test('begins at midnight of the viewer and has fourteen days, also where clocks change', () => {
    const { daysMs } = of({ nowMs: Date.parse('2026-03-25T12:00:00Z') });
    const hours = daysMs.slice(1).map((day, at) => (day - (daysMs[at] ?? 0)) / 3_600_000);

    expect(new Date(daysMs[0] ?? 0).toISOString()).toBe('2026-03-24T23:00:00.000Z');
    expect(hours).toEqual([24, 24, 24, 24, 23, 24, 24, 24, 24, 24, 24, 24, 24, 24]);
  });

  test('shows what is open and what comes on the lane of its window, and each skipped date', () => {
    const window = windowOf({
      now: occurrence('2026-01-12T20:00:00Z', null),
      skipDates: ['2026-01-15', '2026-09-01'],
    });
    const { lanes } = of({ windows: [window] });

    expect(lanes).toHaveLength(1);
    expect(lanes[0]?.bars.map(({ kind, untilMs }) => [kind, untilMs === null])).toEqual([
      ['now', true],
      ['ahead', false],
    ]);
    expect(lanes[0]?.skippedMs).toEqual([Date.parse('2026-01-14T23:00:00Z')]);
  });

  test('puts what requests hold on one lane, and counts the reports that are held alike', () => {
    const held = (at: number) => reportOf({ reportId: String(at), holds: [holdOf()] });
    const byWindow = reportOf({ holds: [holdOf({ holder: 'window nightly' })] });
    const { lanes } = of({ reports: [held(1), held(2), byWindow] });

    expect(lanes.map(({ name, bars }) => [name, bars.map(({ label }) => label)])).toEqual([
      ['Requests', ['2 by ana (by key)']],
    ]);
  });

  test('draws a bar within the picture, whenever it began and however short it is', () => {
    const frame = { fromMs: 1_000, untilMs: 2_000 };

    expect(placeOf({ fromMs: 0, untilMs: 1_500 }, frame)).toEqual({ left: 0, width: 50 });
    expect(placeOf({ fromMs: 1_900, untilMs: null }, frame)).toEqual({ left: 90, width: 10 });
    expect(placeOf({ fromMs: 1_500, untilMs: 1_500 }, frame).width).toBeGreaterThan(0);
  });
});

describe('times', () => {
  test.each([
    ['2026-01-12T22:16:00Z', AMSTERDAM, '23:16'],
    ['2026-01-12T23:16:00Z', AMSTERDAM, 'tomorrow 00:16'],
    ['2026-01-12T23:16:00Z', 'UTC', '23:16'],
    ['2026-01-20T01:00:00Z', AMSTERDAM, 'Tue 20 Jan 02:00'],
    ['2027-01-20T01:00:00Z', AMSTERDAM, 'Wed 20 Jan 2027 02:00'],
  ])('%s in %s is %s', (utc, zone, shown) => {
    expect(whenOf(Date.parse(utc), NOW, zone)).toBe(shown);
  });

  test('a day begins where its zone says, also where midnight does not exist', () => {
    // Clocks in Santiago went from 24:00 to 01:00 on that day.
    const noon = Date.parse('2026-09-06T16:00:00Z');

    expect(new Date(startOfDay(noon, 'America/Santiago')).toISOString()).toBe('2026-09-06T04:00:00.000Z');
  });

  test('a countdown tells two units, and what is due', () => {
    expect([59_000, 7_500_000, 90_000_000, 0].map((inMs) => countdown(NOW + inMs, NOW))).toEqual([
      ...['in 59 s', 'in 2 h 05 min', 'in 1 d 1 h', 'now due'],
    ]);
  });

  test('a text of the app has its instants in the zone, and says none twice', () => {
    const text =
      'Next: window nightly from 2026-01-13T01:00:00Z (2026-01-13T02:00:00+01:00[Europe/Amsterdam]) until 2026-01-13T05:00:00.000Z.';

    expect(humanTimes(text, NOW, AMSTERDAM)).toBe(
      'Next: window nightly from tomorrow 02:00 until tomorrow 06:00.',
    );
  });
});

test('what was done to a report says when it was paused by us, by whomever that ended', () => {
  const entry = (atUtc: string, what: string) => ({
    ...{ atUtc, what, who: '', why: '', runId: '', observed: null, requestId: null },
  });
  const history = [
    entry('2026-01-09T00:00:00Z', 'paused'),
    entry('2026-01-08T00:00:00Z', 'ManualResumeRespected'),
    entry('2026-01-07T00:00:00Z', 'paused'),
    entry('2026-01-03T00:00:00Z', 'resumed'),
    entry('2026-01-02T12:00:00Z', 'paused'),
    entry('2026-01-02T00:00:00Z', 'paused'),
    entry('2026-01-01T00:00:00Z', 'resumed'),
  ];

  const shown = pausesIn(history).map(({ fromMs, untilMs }) => [
    new Date(fromMs).getUTCDate(),
    untilMs === null ? null : new Date(untilMs).getUTCDate(),
  ]);

  expect(shown).toEqual([
    [2, 3],
    [7, 8],
    [9, null],
  ]);
});

test.each<Place>([
  { view: 'now' },
  { view: 'reports', show: 'ours', search: 'a&b #?/ü', account: 'x' },
  { view: 'report', reportId: '11111111-0000-4000-8000-000000000001', account: 'cmp' },
  { view: 'windows', search: '' },
  { view: 'window', name: 'nightly' },
  { view: 'accounts' },
])('an address says %j, and is read as that', (place) => {
  expect(readPlace(addressOf(place))).toEqual(place);
});

test('an address that is none of the page is its first sight', () => {
  expect(['', '#', '#/nothing', '#/%E0%A4%A'].map((hash) => readPlace(hash))).toEqual(
    Array.from({ length: 4 }, () => ({ view: 'now' })),
  );
});

test('who asked is shown by name, with what the name is worth', () => {
  expect(personOf('key, calls itself ana')).toBe('ana (by key)');
  expect(personOf('entra:user:1 (ana@partner.example)')).toBe('ana@partner.example');
  expect(personOf('function key')).toBe('function key');
});

test('a search finds a report by words of its name, id and windows', () => {
  const reports = [
    reportOf({ reportName: 'Azure usage' }),
    reportOf({ reportName: 'Sales', holds: [holdOf({ holder: 'window nightly' })] }),
  ];

  expect(matching(reports, 'usage AZURE').map(({ reportName }) => reportName)).toEqual(['Azure usage']);
  expect(matching(reports, 'night').map(({ reportName }) => reportName)).toEqual(['Sales']);
  expect(matching(reports, ' ')).toHaveLength(2);
});
