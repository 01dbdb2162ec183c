import { parseRetryAfterInMs } from '../../../shared/time/retryAfter.ts';

const nowMs = Date.parse('2026-03-01T12:00:00Z');

describe('Retry-After', () => {
  test.each([
    ['57', 57_000],
    [' 0 ', 0],
    ['Sun, 01 Mar 2026 12:00:30 GMT', 30_000],
    ['Sun, 01 Mar 2026 11:00:00 GMT', 0],
  ])('%j asks for %d ms', (header, expected) => {
    expect(parseRetryAfterInMs(header, nowMs)).toBe(expected);
  });

  test.each([null, '', 'soon', '-5', '1.5', '1e3', '2026-03-01', 'Sun, 99 Mar 2026 12:00:30 GMT'])(
    '%j asks for nothing',
    (header) => {
      expect(parseRetryAfterInMs(header, nowMs)).toBeNull();
    },
  );
});
