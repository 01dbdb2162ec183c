import { formatInstant } from '../../../shared/windows/formatInstant.ts';
import { nextOccurrence, occurrenceAt, occurrencesBetween } from '../../../shared/windows/occurrences.ts';
import { at, range, recurring, windowWith } from './sampleWindow.ts';

// As many as a window may skip, and more than the calendar has to come.
const NO_OTHER_LEAP_DAY = Array.from({ length: 400 }, (_, k) => `${2032 + 4 * k}-02-29`);

describe('a window', () => {
  const nightly = windowWith(recurring('0 22 * * *', 8, 'Europe/Berlin', { skipDates: ['2026-12-24'] }));

  test('is open from its start on and closed from its end on', () => {
    const instants = [
      '2026-06-10T19:59:59.999Z',
      '2026-06-10T20:00:00Z',
      '2026-06-11T03:59:59.999Z',
      '2026-06-11T04:00:00Z',
    ];

    expect(instants.map((instant) => occurrenceAt(nightly, at(instant)) !== null)).toEqual([
      false,
      true,
      true,
      false,
    ]);
  });

  test('skips a date by the local date of its start, and only that night', () => {
    const found = occurrencesBetween(nightly, at('2026-12-23T12:00:00Z'), at('2026-12-26T12:00:00Z'), 10);

    expect(found.map(({ key }) => key)).toEqual(['load@2026-12-23T21:00:00Z', 'load@2026-12-25T21:00:00Z']);
    expect(occurrenceAt(nightly, at('2026-12-25T01:00:00Z'))).toBeNull();
    expect(occurrenceAt(nightly, at('2026-12-24T01:00:00Z'))?.key).toBe('load@2026-12-23T21:00:00Z');
  });

  test('keeps the key of its occurrence when only its duration is edited', () => {
    const edited = windowWith(recurring('0 22 * * *', 9, 'Europe/Berlin'));

    expect(occurrenceAt(edited, at('2026-06-11T00:00:00Z'))?.key).toBe(
      occurrenceAt(nightly, at('2026-06-11T00:00:00Z'))?.key,
    );
  });

  test('without an end lasts until its next start, however far that is', () => {
    const weekly = windowWith(recurring('0 0 * * 1', null, 'UTC'));
    const leapDays = windowWith(recurring('0 0 29 2 *', null, 'UTC'));
    const once = windowWith(recurring('0 0 29 2 *', null, 'UTC', { skipDates: NO_OTHER_LEAP_DAY }));

    expect(range(occurrenceAt(weekly, at('2026-06-10T00:00:00Z')))).toBe(
      '2026-06-08T00:00:00Z 2026-06-15T00:00:00Z',
    );
    expect(range(occurrenceAt(leapDays, at('2026-03-01T00:00:00Z')))).toBe(
      '2024-02-29T00:00:00Z 2028-02-29T00:00:00Z',
    );
    expect(range(occurrenceAt(once, at('2036-03-01T00:00:00Z')))).toBe(
      '2028-02-29T00:00:00Z 3632-02-29T00:00:00Z',
    );
  });

  test('starts on no date before its first and none after its last, by the local date of the start', () => {
    const dates = { validFrom: '2026-12-01', validTo: '2026-12-03', skipDates: ['2026-12-02'] };
    const nights = windowWith(recurring('0 0 * * *', '06:00', 'Asia/Tokyo', dates));
    const [first, last] = ['2026-11-30T15:00:00Z', '2026-12-02T15:00:00Z'];

    expect(
      occurrencesBetween(nights, at('2026-11-01T00:00:00Z'), at('2027-01-01T00:00:00Z'), 10).map((one) =>
        range(one),
      ),
    ).toEqual([`${first} 2026-11-30T21:00:00Z`, `${last} 2026-12-02T21:00:00Z`]);
    expect(occurrenceAt(nights, at('2026-11-30T14:59:59Z'))).toBeNull();
    expect(range(occurrenceAt(nights, at('2026-12-02T20:59:59Z')))).toContain(last);
    expect(nextOccurrence(nights, at(last))).toBeNull();
    expect(range(nextOccurrence(nights, at('2020-01-01T00:00:00Z')))).toContain(first);
  });

  test('without an end lasts for good from the last of its dates on', () => {
    const once = windowWith(recurring('0 0 * * 1', null, 'UTC', { validTo: '2026-06-08' }));

    expect(range(occurrenceAt(once, at('2031-01-01T00:00:00Z')))).toBe('2026-06-08T00:00:00Z open');
  });

  test('that lasts weeks is found from its last minute', () => {
    const long = windowWith(recurring('0 0 1 1 *', 24 * 300, 'UTC'));

    expect(occurrenceAt(long, at('2026-10-27T23:59:00Z'))?.fromMs).toBe(at('2026-01-01T00:00:00Z'));
    expect(occurrenceAt(long, at('2026-10-28T00:00:00Z'))).toBeNull();
  });

  test('that is disabled never opens', () => {
    const off = { ...nightly, enabled: false };

    expect(occurrenceAt(off, at('2026-06-11T00:00:00Z'))).toBeNull();
    expect(nextOccurrence(off, at('2026-06-11T00:00:00Z'))).toBeNull();
    expect(occurrencesBetween(off, at('2026-06-11T00:00:00Z'), at('2026-07-11T00:00:00Z'), 10)).toEqual([]);
  });

  test('that happens once is open between its two instants and never again', () => {
    const once = windowWith({
      kind: 'oneOff',
      fromMs: at('2026-05-01T20:00:00Z'),
      untilMs: at('2026-05-02T02:00:00Z'),
      timeZone: 'UTC',
    });

    expect(nextOccurrence(once, at('2026-05-01T19:00:00Z'))?.key).toBe('load@2026-05-01T20:00:00Z');
    expect(occurrenceAt(once, at('2026-05-01T20:00:00Z'))?.untilMs).toBe(at('2026-05-02T02:00:00Z'));
    expect(occurrenceAt(once, at('2026-05-02T02:00:00Z'))).toBeNull();
    expect(nextOccurrence(once, at('2026-05-01T20:00:00Z'))).toBeNull();
    expect(occurrencesBetween(once, at('2026-05-01T00:00:00Z'), at('2026-06-01T00:00:00Z'), 10)).toHaveLength(
      1,
    );
  });

  test('is listed for a range up to the limit, and not at all for an empty range', () => {
    expect(
      occurrencesBetween(nightly, at('2026-06-01T00:00:00Z'), at('2026-07-01T00:00:00Z'), 3),
    ).toHaveLength(3);
    expect(occurrencesBetween(nightly, at('2026-06-11T00:00:00Z'), at('2026-06-11T00:00:00Z'), 3)).toEqual(
      [],
    );
  });
});

test('people are shown an instant in UTC and locally, with offset and zone', () => {
  expect(formatInstant(at('2026-03-29T01:00:00.900Z'), 'Europe/Berlin')).toEqual({
    utc: '2026-03-29T01:00:00Z',
    local: '2026-03-29T03:00:00+02:00[Europe/Berlin]',
  });
});
