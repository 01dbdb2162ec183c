import { parseServiceTime } from '../../../shared/model/serviceTime.ts';

const INSTANT = Date.UTC(2026, 0, 5, 18, 7, 9);
const iso = (atMs: number | null) => (atMs === null ? null : new Date(atMs).toISOString());

describe('a time of the service', () => {
  test.each([
    '2026-01-05T18:07:09Z',
    '2026-01-05t18:07:09z',
    ' 2026-01-05T18:07:09Z ',
    '2026-01-05T18:07:09',
    '2026-01-05 18:07:09',
    '2026-01-05 18:07:09Z',
    '2026-01-05 18:07:09 Z',
    '2026-01-05T20:07:09+02:00',
    '2026-01-05T20:07:09+0200',
    '2026-01-05 12:37:09 -05:30',
    '1/5/2026 6:07:09 PM',
    '01/05/2026 06:07:09 pm',
    'Mon, 05 Jan 2026 18:07:09 GMT',
    '/Date(1767636429000)/',
    '/Date(1767636429000+0200)/',
  ])('is read in UTC unless it says otherwise: %j', (text) => {
    expect(iso(parseServiceTime(text))).toBe(iso(INSTANT));
  });

  test.each([
    ['2026-01-05T18:07:09.5Z', 500],
    ['2026-01-05T18:07:09.123Z', 123],
    ['2026-01-05T18:07:09.1234567Z', 123],
    ['2026-01-05T18:07:09.123456789', 123],
  ])('keeps its fraction to the millisecond: %j', (text, fractionInMs) => {
    expect(parseServiceTime(text)).toBe(INSTANT + fractionInMs);
  });

  test.each([
    ['2026-01-05T18:07Z', Date.UTC(2026, 0, 5, 18, 7)],
    ['2026-01-05 18:07', Date.UTC(2026, 0, 5, 18, 7)],
    ['1/5/2026 12:00:00 AM', Date.UTC(2026, 0, 5)],
    ['1/5/2026 12:30:01 PM', Date.UTC(2026, 0, 5, 12, 30, 1)],
    ['12/31/2026 11:59:59 AM', Date.UTC(2026, 11, 31, 11, 59, 59)],
    ['/Date(1000000000)/', 1_000_000_000],
  ])('is read without seconds, at noon and at midnight: %j', (text, expected) => {
    expect(parseServiceTime(text)).toBe(expected);
  });

  test.each([
    ...[null, undefined, 1767636429000, {}, '', 'soon', '2026-01-05', '18:07:09', '2026-13-05T18:07:09Z'],
    ...['2026-01-05T25:07:09Z', '2026-01-05T18:07:09.1234567890Z', '2026-01-05T18:07:09Z and more'],
    ...['x2026-01-05T18:07:09Z', '1/5/2026 6:07 PM', '1/5/26 6:07:09 PM', '1/5/2026 18:07:09', '5 Jan 2026'],
    ...['2026-01-05T18:07:09+2', '/Date(17)/', 'Date(1767636429000)', '/Date(1767636429000)/x'],
    ...[
      'Mon, 05 Jan 2026 18:07:09',
      'x1/5/2026 6:07:09 PM',
      '1/5/2026 6:07:09 PM x',
      'xMon, 05 Jan 2026 18:07:09 GMT',
    ],
    ...['Mon, 05 Jan 2026 18:07:09 GMT+2'],
  ])('is none, and so no evidence: %j', (value) => {
    expect(parseServiceTime(value)).toBeNull();
  });
});
