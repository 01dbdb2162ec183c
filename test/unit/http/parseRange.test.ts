import { parseRange } from '../../../shared/http/parseRange.ts';

const NOW_MS = Date.parse('2026-06-01T12:00:00Z');
const DAY_IN_MS = 86_400_000;
const range = (query: string) => parseRange(new URLSearchParams(query), NOW_MS);

describe('the range of a forecast', () => {
  test.each([
    [
      'at=2026-06-02T14:00:00+02:00',
      '"2026-06-02T14:00:00 02:00" has a blank for its plus: write %2B in a query',
    ],
    ['until=tomorrow', '"tomorrow" must be an instant like'],
    ['until=2026-06-01T11:00:00Z', '"2026-06-01T11:00:00Z" must be an instant after at'],
  ])('that is refused quotes what was written and says what to write: %s', (query, message) => {
    expect(range(query)).toMatchObject({
      answer: { body: { errors: [{ message: expect.stringContaining(message) }] } },
    });
  });

  test.each([
    ['', NOW_MS, null],
    ['at=', NOW_MS, null],
    ['at=2026-06-02T12:00:00Z', NOW_MS + DAY_IN_MS, null],
    ['at=2026-06-02T14:00:00%2B02:00', NOW_MS + DAY_IN_MS, null],
    ['until=2026-06-02T12:00:00Z', NOW_MS, NOW_MS + DAY_IN_MS],
  ])('is read from "%s"', (query, atMs, untilMs) => {
    expect(range(query)).toEqual({ ok: true, value: { atMs, untilMs } });
  });

  test.each([
    ['at=tomorrow', '/at'],
    ['at=2026-06-02', '/at'],
    ['until=2026-06-02T12:00:00', '/until'],
    ['until=2026-06-01T12:00:00Z', '/until'],
    ['until=2027-06-07T12:00:00Z', '/until'],
  ])('is refused where it is "%s"', (query, pointer) => {
    expect(range(query)).toMatchObject({
      ok: false,
      answer: { status: 400, body: { code: 'invalid_query', errors: [{ pointer }] } },
    });
  });
});
