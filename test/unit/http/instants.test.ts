import { parseRange } from '../../../shared/http/parseRange.ts';
import { pauseRequestSchema } from '../../../shared/http/requestSchemas.ts';
import { parseOneOff } from '../../../shared/windows/parseOneOff.ts';

const AT_MS = Date.UTC(2026, 4, 1, 22);
const NOW_MS = AT_MS - 86_400_000;
const limits = { maxReports: 10, nowMs: NOW_MS, impliedAccount: 'default' };

/** One text, as each part of the app that takes an instant of a person reads it. */
async function readEverywhere(text: string) {
  const body = { reportIds: ['11111111-1111-4111-8111-111111111111'], until: text };
  const range = parseRange(new URLSearchParams({ at: text }), NOW_MS);
  const oneOff = parseOneOff({ from: text, to: '2026-05-03T00:00:00Z' });
  return [
    (await pauseRequestSchema(limits).safeParseAsync(body)).data?.untilMs ?? null,
    range.ok ? range.value.atMs : null,
    oneOff.ok ? oneOff.value.fromMs : null,
  ];
}

test.each([
  ['2026-05-01T22:00:00Z', AT_MS],
  ['2026-05-01T22:00Z', AT_MS],
  ['2026-05-02T00:00:00.123456789+02:00', AT_MS + 123],
  ['2026-05-02 00:00+0200', AT_MS],
  ['2026-05-01t22:00:00z', AT_MS],
  ['2026-05-01T22:00:00', null],
  ['2026-05-32T22:00:00Z', null],
  ['tomorrow', null],
])('%s is the same instant to a request, a query and a window', async (text, atMs) => {
  expect(await readEverywhere(text)).toEqual([atMs, atMs, atMs]);
});
