import { createCallPace } from '../../../shared/insights/callPace.ts';

/** When the next call may begin after one that began so much later than the plan: 4 a second are 256.25 ms apart. */
function nextAfter(lateByMs: number): number {
  const pace = createCallPace(4);
  pace.begin(1_000);
  pace.begin(1_256.25 + lateByMs);
  return pace.earliestMs(0);
}

describe('the pace of calls', () => {
  test('is kept by the plan where a timer is late by a little, so that late timers slow nothing', () => {
    expect([0, 10, 25].map(nextAfter)).toEqual([1_512.5, 1_512.5, 1_512.5]);
  });

  test('begins anew where a call is later than that, so that nothing is made up for in a burst', () => {
    expect(nextAfter(26)).toBe(1_256.25 + 26 + 256.25);
  });

  test('lets the first call begin at once, and without a ceiling every one', () => {
    expect(createCallPace(4).earliestMs(77)).toBe(77);
    const free = createCallPace(null);
    free.begin(77);
    expect(free.earliestMs(77)).toBe(77);
  });
});
