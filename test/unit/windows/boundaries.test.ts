import { nextOccurrence, occurrenceAt, occurrencesBetween } from '../../../shared/windows/occurrences.ts';
import { at, range, recurring, windowWith } from './sampleWindow.ts';

const boundaries = [
  [
    'a plain day in Berlin',
    '30 2 * * *',
    2,
    'Europe/Berlin',
    '2026-01-10',
    ['2026-01-10T01:30:00Z 2026-01-10T03:30:00Z'],
  ],
  [
    'a start in the spring gap of Berlin',
    '30 2 * * *',
    2,
    'Europe/Berlin',
    '2026-03-29',
    ['2026-03-29T01:00:00Z 2026-03-29T03:00:00Z'],
  ],
  [
    'a start in the autumn overlap of Berlin',
    '30 2 * * *',
    2,
    'Europe/Berlin',
    '2026-10-25',
    ['2026-10-25T00:30:00Z 2026-10-25T02:30:00Z'],
  ],
  [
    'a start in the spring gap of New York',
    '30 2 * * *',
    2,
    'America/New_York',
    '2026-03-08',
    ['2026-03-08T07:00:00Z 2026-03-08T09:00:00Z'],
  ],
  [
    'a start in the autumn overlap of New York',
    '30 1 * * *',
    2,
    'America/New_York',
    '2026-11-01',
    ['2026-11-01T05:30:00Z 2026-11-01T07:30:00Z'],
  ],
  [
    'a start in the half-hour gap of Lord Howe',
    '15 2 * * *',
    1,
    'Australia/Lord_Howe',
    '2026-10-03',
    ['2026-10-03T15:30:00Z 2026-10-03T16:30:00Z'],
  ],
  [
    'a start in the half-hour overlap of Lord Howe',
    '45 1 * * *',
    1,
    'Australia/Lord_Howe',
    '2026-04-04',
    ['2026-04-04T14:45:00Z 2026-04-04T15:45:00Z'],
  ],
  [
    'Phoenix, where clocks never change',
    '30 2 * * *',
    2,
    'America/Phoenix',
    '2026-03-08',
    ['2026-03-08T09:30:00Z 2026-03-08T11:30:00Z'],
  ],
  [
    'a night that crosses midnight and the spring gap',
    '0 22 28 3 *',
    8,
    'Europe/Berlin',
    '2026-03-28',
    ['2026-03-28T21:00:00Z 2026-03-29T05:00:00Z'],
  ],
  [
    'a night that crosses the autumn overlap',
    '0 22 24 10 *',
    8,
    'Europe/Berlin',
    '2026-10-24',
    ['2026-10-24T20:00:00Z 2026-10-25T04:00:00Z'],
  ],
  ['29 February', '0 2 29 2 *', 24, 'UTC', '2028-02-29', ['2028-02-29T02:00:00Z 2028-03-01T02:00:00Z']],
  [
    'the last day of a month',
    '0 20 L * *',
    6,
    'Europe/Berlin',
    '2026-02-28',
    ['2026-02-28T19:00:00Z 2026-03-01T01:00:00Z'],
  ],
  [
    'a turn of the year',
    '0 23 31 12 *',
    3,
    'Europe/Berlin',
    '2026-12-31',
    ['2026-12-31T22:00:00Z 2027-01-01T01:00:00Z'],
  ],
  [
    'seconds first, as Functions writes it',
    '30 0 2 * * *',
    1,
    'UTC',
    '2026-01-10',
    ['2026-01-10T02:00:30Z 2026-01-10T03:00:30Z'],
  ],
  [
    'the first Monday of a month',
    '0 2 1-7 * +MON',
    1,
    'UTC',
    '2026-06-01',
    ['2026-06-01T02:00:00Z 2026-06-01T03:00:00Z'],
  ],
] as const;

test.each(boundaries)('the occurrence is right for %s', (_, start, hours, timeZone, day, expected) => {
  const window = windowWith(recurring(start, hours, timeZone));

  const found = occurrencesBetween(window, at(`${day}T00:00:00Z`), at(`${day}T24:00:00Z`), 10).filter(
    ({ fromMs }) => fromMs >= at(`${day}T00:00:00Z`),
  );

  expect(found.map((occurrence) => range(occurrence))).toEqual(expected);
});

describe('where clocks change', () => {
  test('a window on a day that Apia skipped begins when the next day does, and goes on as that day own window', () => {
    const window = windowWith(recurring('0 2 * * *', 4, 'Pacific/Apia'));

    const found = occurrencesBetween(window, at('2011-12-29T00:00:00Z'), at('2011-12-31T00:00:00Z'), 10);

    expect(found.map((occurrence) => range(occurrence))).toEqual([
      '2011-12-29T12:00:00Z 2011-12-29T16:00:00Z',
      '2011-12-30T10:00:00Z 2011-12-30T12:00:00Z',
      '2011-12-30T12:00:00Z 2011-12-30T16:00:00Z',
    ]);
  });

  test.each(['0 * * * *', '0 0-8 * * *', '0 */1 * * *', '0 0/1 * * *', '0 0 0-3 * * *'])(
    'a window that starts "%s" pauses in both passes of a repeated hour',
    (start) => {
      const window = windowWith(recurring(start, 0.5, 'Europe/Berlin'));

      const found = occurrencesBetween(window, at('2026-10-24T23:45:00Z'), at('2026-10-25T03:00:00Z'), 10);

      expect(found.map((occurrence) => range(occurrence))).toEqual([
        '2026-10-25T00:00:00Z 2026-10-25T00:30:00Z',
        '2026-10-25T01:00:00Z 2026-10-25T01:30:00Z',
        '2026-10-25T02:00:00Z 2026-10-25T02:30:00Z',
      ]);
    },
  );

  test.each(['0 2 * * *', '0 1,2,3 * * *', '0 0 2 * * *', '*/30 2 * * *'])(
    'a window that starts "%s" names its hour, and begins in the first pass alone',
    (start) => {
      const window = windowWith(recurring(start, 0.25, 'Europe/Berlin'));

      const found = occurrencesBetween(window, at('2026-10-25T00:00:00Z'), at('2026-10-25T02:00:00Z'), 10);

      expect(found[0]?.fromMs).toBe(at('2026-10-25T00:00:00Z'));
      expect(found.every(({ fromMs }) => fromMs < at('2026-10-25T01:00:00Z'))).toBe(true);
    },
  );

  test.each([
    ['the night of spring, an hour shorter', '2026-03-28', '2026-03-28T21:00:00Z 2026-03-29T04:00:00Z'],
    ['the night of autumn, an hour longer', '2026-10-24', '2026-10-24T20:00:00Z 2026-10-25T05:00:00Z'],
  ])('22:00 to 06:00 is that on %s', (_, day, expected) => {
    const window = windowWith(recurring('0 22 * * *', '06:00', 'Europe/Berlin'));

    expect(range(nextOccurrence(window, at(`${day}T12:00:00Z`)))).toBe(expected);
  });

  test.each([
    ['that spring skips is the first instant after', '2026-03-29T00:00:00Z 2026-03-29T01:00:00Z'],
    ['that autumn repeats is the later one', '2026-10-24T23:00:00Z 2026-10-25T01:30:00Z'],
  ])('an end %s', (_, expected) => {
    const window = windowWith(recurring('0 1 * * *', '02:30', 'Europe/Berlin'));
    const found = occurrencesBetween(window, at(expected.slice(0, 20)), at(expected.slice(21)), 1);

    expect(found.map((occurrence) => range(occurrence))).toEqual([expected]);
  });

  test('a window whose whole time is skipped does not happen on that day', () => {
    const window = windowWith(recurring('15 2 * * *', '02:45', 'Europe/Berlin'));

    expect(occurrenceAt(window, at('2026-03-29T01:00:00Z'))).toBeNull();
    expect(range(nextOccurrence(window, at('2026-03-28T12:00:00Z')))).toBe(
      '2026-03-30T00:15:00Z 2026-03-30T00:45:00Z',
    );
  });

  test('a day from midnight to 24:00 is 23 hours and 25, and leaves no gap', () => {
    const window = windowWith(recurring('0 0 * * *', '24:00', 'Europe/Berlin'));
    const rangeOn = (instant: string) => range(occurrenceAt(window, at(instant)));

    expect(rangeOn('2026-03-29T12:00:00Z')).toBe('2026-03-28T23:00:00Z 2026-03-29T22:00:00Z');
    expect(rangeOn('2026-10-25T12:00:00Z')).toBe('2026-10-24T22:00:00Z 2026-10-25T23:00:00Z');
  });

  test('starts of a skipped hour and the start right after it are one occurrence', () => {
    const window = windowWith(recurring('*/15 * * * *', 0.1, 'Europe/Berlin'));

    const found = occurrencesBetween(window, at('2026-03-29T00:50:00Z'), at('2026-03-29T01:10:00Z'), 10);

    expect(found.map((occurrence) => range(occurrence))).toEqual([
      '2026-03-29T00:45:00Z 2026-03-29T00:51:00Z',
      '2026-03-29T01:00:00Z 2026-03-29T01:06:00Z',
    ]);
  });

  test('a window of 24 hours each day leaves no gap and no overlap on the day of 23 hours, and pauses its 25th hour out', () => {
    const window = windowWith(recurring('0 12 * * *', 24, 'Europe/Berlin'));

    expect(range(occurrenceAt(window, at('2026-03-28T12:00:00Z')))).toBe(
      '2026-03-28T11:00:00Z 2026-03-29T10:00:00Z',
    );
    expect(occurrenceAt(window, at('2026-10-25T10:30:00Z'))).toBeNull();
    expect(range(nextOccurrence(window, at('2026-10-25T10:30:00Z')))).toBe(
      '2026-10-25T11:00:00Z 2026-10-26T11:00:00Z',
    );
  });

  test('a window that will begin right after a repeated hour does not hide the one that is open in it', () => {
    const window = windowWith(recurring('30 1,3 * * *', 3, 'Europe/Berlin'));

    expect(occurrenceAt(window, at('2026-10-25T01:50:00Z'))?.fromMs).toBe(at('2026-10-24T23:30:00Z'));
  });

  test('an instant in the second pass of an hour still belongs to the window that began in the first', () => {
    const window = windowWith(recurring('50 2 * * *', 2, 'Europe/Berlin'));

    expect(occurrenceAt(window, at('2026-10-25T01:10:00Z'))?.fromMs).toBe(at('2026-10-25T00:50:00Z'));
    expect(nextOccurrence(window, at('2026-10-25T01:10:00Z'))?.fromMs).toBe(at('2026-10-26T01:50:00Z'));
  });
});
