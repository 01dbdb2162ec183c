import { backOffInMs } from '../../../shared/time/backOff.ts';

const limits = { backOffBaseInMs: 500, backOffCapInMs: 20_000 };

describe('the back-off', () => {
  test.each([
    [1, 250, 500],
    [2, 500, 1_000],
    [4, 2_000, 4_000],
    [7, 10_000, 20_000],
    [2_000, 10_000, 20_000],
  ])('after attempt %d is between %d and %d ms', (attempt, least, most) => {
    expect(backOffInMs(attempt, limits, () => 0)).toBe(least);
    expect(backOffInMs(attempt, limits, () => 1)).toBe(most);
  });
});
