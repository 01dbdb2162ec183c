import { decideRetry, type RetrySituation } from '../../../shared/insights/decideRetry.ts';

const situation: RetrySituation = {
  failure: { retryable: true, httpStatus: 503, retryAfterInMs: null },
  attempts: 1,
  maxAttempts: 3,
  serverErrors: 0,
  backOffInMs: 400,
  retryAfterCapInMs: 60_000,
  nowMs: 1_000,
  latestStartMs: 100_000,
};

describe('whether to try again', () => {
  test.each<[string, Partial<RetrySituation>, ReturnType<typeof decideRetry>]>([
    ['what may pass is tried again after the back-off', {}, { retry: true, delayInMs: 400 }],
    [
      'Retry-After comes before the back-off',
      { failure: { ...situation.failure, retryAfterInMs: 7_000 } },
      { retry: true, delayInMs: 7_000 },
    ],
    [
      'Retry-After is capped',
      { failure: { ...situation.failure, retryAfterInMs: 3_600_000 } },
      { retry: true, delayInMs: 60_000 },
    ],
    [
      'a Retry-After of nothing still backs off',
      { failure: { ...situation.failure, retryAfterInMs: 0 } },
      { retry: true, delayInMs: 400 },
    ],
    [
      'what will not pass is final',
      { failure: { ...situation.failure, retryable: false } },
      { retry: false, because: 'final' },
    ],
    [
      'a first 500 is tried again',
      { failure: { ...situation.failure, httpStatus: 500 }, serverErrors: 1 },
      { retry: true, delayInMs: 400 },
    ],
    [
      'a second 500 is final',
      { failure: { ...situation.failure, httpStatus: 500 }, serverErrors: 2 },
      { retry: false, because: 'final' },
    ],
    ['the attempts are bounded', { attempts: 3 }, { retry: false, because: 'attempts' }],
    [
      'no attempt begins after the deadline allows',
      { latestStartMs: 1_399 },
      { retry: false, because: 'deadline' },
    ],
    ['one may begin at the last instant', { latestStartMs: 1_400 }, { retry: true, delayInMs: 400 }],
  ])('%s', (_, change, expected) => {
    expect(decideRetry({ ...situation, ...change })).toEqual(expected);
  });
});
