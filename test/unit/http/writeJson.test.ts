import fc from 'fast-check';
import { jsonInSteps } from '../../../shared/http/writeJson.ts';
import { runInSlices, runSteps } from '../../../shared/time/steps.ts';

test('an answer is written as JSON is, whatever is in it', () => {
  fc.assert(
    fc.property(fc.jsonValue(), (value) => {
      expect(runSteps(jsonInSteps(value))).toBe(JSON.stringify(value));
    }),
  );
  const odd = { absent: undefined, list: [undefined, 1], nested: { none: undefined } };
  expect(runSteps(jsonInSteps(odd))).toBe(JSON.stringify(odd));
});

test('while an answer of many reports is written, others have their turn after each fifth of a megabyte at most', async () => {
  const hold = { holder: 'window nightly', state: 'live', why: 'w'.repeat(200) };
  const reports = Array.from({ length: 5_000 }, (_, at) => ({ reportId: at, holds: Array(10).fill(hold) }));
  const body = { reports, run: { results: reports } };
  let turns = 0;

  const text = await runInSlices(jsonInSteps(body), async () => {
    turns += 1;
  });

  expect(text).toBe(JSON.stringify(body));
  expect(text.length / turns).toBeLessThan(205_000);
});
