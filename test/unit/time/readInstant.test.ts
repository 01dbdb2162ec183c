import fc from 'fast-check';
import { readAnyInstant, readInstant } from '../../../shared/time/readInstant.ts';

const AT_MS = Date.UTC(2026, 4, 1, 12, 30);

describe('the reader of instants', () => {
  test.each([
    ['2026-05-01T12:30:00Z', AT_MS],
    ['2026-05-01T12:30Z', AT_MS],
    ['2026-05-01t12:30:00z', AT_MS],
    ['2026-05-01 12:30:00Z', AT_MS],
    ['2026-05-01T14:30:00+02:00', AT_MS],
    ['2026-05-01T14:30:00+0200', AT_MS],
    ['2026-05-01T07:00-05:30', AT_MS],
    ['2026-05-01T12:30:00.1Z', AT_MS + 100],
    ['2026-05-01T12:30:00.1234567Z', AT_MS + 123],
    ['2026-05-01T12:30:00.999999999Z', AT_MS + 999],
    ['2024-02-29T00:00:00Z', Date.UTC(2024, 1, 29)],
  ])('reads %s', (text, atMs) => {
    expect(readInstant(text)).toBe(atMs);
  });

  test('takes a text without offset for UTC only where that is what its sender means', () => {
    expect(readInstant('2026-05-01T12:30:00')).toBeNull();
    expect(readAnyInstant('2026-05-01T12:30:00.5')).toEqual({ atMs: AT_MS + 500, hasOffset: false });
    expect(readAnyInstant('2026-05-01T12:30:00Z')).toEqual({ atMs: AT_MS, hasOffset: true });
  });

  test.each([
    ['a day that does not exist', '2026-02-30T00:00:00Z'],
    ['a leap day of a common year', '2026-02-29T00:00:00Z'],
    ['month 13', '2026-13-01T00:00:00Z'],
    ['month 0', '2026-00-01T00:00:00Z'],
    ['day 0', '2026-05-00T00:00:00Z'],
    ['hour 24', '2026-05-01T24:00:00Z'],
    ['minute 60', '2026-05-01T12:60:00Z'],
    ['ten digits of a second', '2026-05-01T12:30:00.1234567890Z'],
    ['no digit of a second', '2026-05-01T12:30:00.Z'],
    ['an offset of 24 hours', '2026-05-01T12:30:00+24:00'],
    ['an offset of hours', '2026-05-01T12:30:00+02'],
    ['a date alone', '2026-05-01'],
    ['seconds since 1970', '1777000000'],
    ['an American date', '5/1/2026 12:30:00 PM'],
    ['a line break behind it', '2026-05-01T12:30:00Z\n'],
    ['nothing', ''],
  ])('refuses %s', (_what, text) => {
    expect(readAnyInstant(text)).toBeNull();
  });

  test('reads whatever JavaScript writes', () => {
    fc.assert(
      fc.property(fc.date({ min: new Date(0), max: new Date(4e12), noInvalidDate: true }), (date) => {
        expect(readInstant(date.toISOString())).toBe(date.getTime());
      }),
    );
  });
});
