import { MAX_HOLDS_OF_REPORT, maxHoldsOfCaller, refuseByQuota } from '../../../shared/service/holdQuota.ts';

const none = { ofCaller: 0, ofReports: new Map<string, number>() };

describe('the quota of holds', () => {
  test.each([
    ['a first request', none, null],
    ['the last hold of a caller', { ...none, ofCaller: 8 }, null],
    ['one more than a caller may have', { ...none, ofCaller: 9 }, 'You have 9 holds'],
    ['the last hold of a report', { ...none, ofReports: new Map([['b', MAX_HOLDS_OF_REPORT - 1]]) }, null],
    [
      'one more than a report may have',
      { ...none, ofReports: new Map([['b', MAX_HOLDS_OF_REPORT]]) },
      'The report b has 20 holds',
    ],
  ])('judges %s', (_what, count, said) => {
    const refusal = refuseByQuota(count, ['a', 'b'], 10);

    expect(refusal?.message ?? null).toEqual(said === null ? null : expect.stringContaining(said));
    expect(refusal?.message ?? 'POST /api/resume').toContain('POST /api/resume');
  });

  test('lets every caller hold twice what one request may name', () => {
    expect([5, 10_000, 100_000].map(maxHoldsOfCaller)).toEqual([20_000, 20_000, 200_000]);
  });
});
