import { showInstant } from '../../../ctl/telling/instant.ts';

describe('an instant', () => {
  test.each([
    ['2026-07-01T10:00:00Z', 'Europe/Berlin', '2026-07-01 12:00 +02:00 (10:00Z)'],
    ['2026-12-31T23:30:00Z', 'Europe/Berlin', '2027-01-01 00:30 +01:00 (2026-12-31 23:30Z)'],
    ['2026-07-01T10:00:00Z', 'Asia/Kolkata', '2026-07-01 15:30 +05:30 (10:00Z)'],
    ['2026-07-01T10:00:00Z', 'UTC', '2026-07-01 10:00Z'],
    ['2026-07-01T10:00:00Z', 'Nowhere/At-all', '2026-07-01 10:00Z'],
    ['whenever', 'UTC', 'whenever'],
  ])('%s in %s is shown as %s', (utc, timeZone, shown) => {
    expect(showInstant(utc, timeZone)).toBe(shown);
  });
});
