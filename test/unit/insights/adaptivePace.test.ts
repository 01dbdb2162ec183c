import { sampleOf } from '../../../build/sample.ts';
import { type AdaptivePace, createAdaptivePace } from '../../../shared/insights/adaptivePace.ts';
import type { LearnedPace } from '../../../shared/model/learnedPace.ts';
import { seededRandom } from '../../fakes/seededRandom.ts';
import {
  fixedWindow,
  type Limiter,
  type LimiterKind,
  learnsNothing,
  letCall,
  limiters,
} from './limitedService.ts';

const LIMIT = 20;
const SEEDS = [1, 2, 3];
const CALLS = 1_200;

/** Each kind of limit, saying when calls are taken again or not. */
const services = (['fixed window', 'sliding window', 'token bucket'] as const).flatMap((kind) =>
  [true, false].map((saysRetryAfter) => ({
    ...{ kind, saysRetryAfter },
    name: `a ${kind}${saysRetryAfter ? '' : ', which does not say when it takes calls again'}`,
  })),
);

interface Told {
  readonly ratio: number;
  readonly refusedShare: number;
  readonly lastedInMs: number;
}

/** One caller alone: its time over what the limit makes it take, and the share of its calls that were refused. */
async function callAlone(options: {
  readonly limiter: Limiter;
  readonly saysRetryAfter: boolean;
  readonly pace: AdaptivePace;
  readonly seed: number;
  readonly calls?: number;
  readonly change?: { readonly afterCalls: number; readonly callsPerSecond: number };
}): Promise<Told> {
  const { change, pace, calls = CALLS } = options;
  const [called] = await letCall({ ...options, callers: [{ calls, pace }] });
  if (called === undefined) throw new Error('nobody called');
  const before = change?.afterCalls ?? calls;
  const idealInMs = (before / LIMIT + (calls - before) / (change?.callsPerSecond ?? LIMIT)) * 1_000;
  const { lastedInMs, refused } = called;
  return { lastedInMs, ratio: lastedInMs / idealInMs, refusedShare: refused / (calls + refused) };
}

function recalling(learned: LearnedPace | null): AdaptivePace {
  const pace = createAdaptivePace();
  pace.recall(learned);
  return pace;
}

async function learnedFrom(kind: LimiterKind, saysRetryAfter: boolean): Promise<LearnedPace | null> {
  const pace = createAdaptivePace();
  await callAlone({ limiter: limiters[kind](LIMIT), saysRetryAfter, pace, seed: 9 });
  return pace.learned();
}

const meanOf = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;

// Two of them in the fast run.
describe.each(sampleOf('limits of calls', 2, services))(
  'where 20 calls a second are taken by $name',
  ({ kind, saysRetryAfter }) => {
    const each = (told: (seed: number) => Promise<Told>) => Promise.all(SEEDS.map(told));
    const limiter = () => limiters[kind](LIMIT);

    test('the first run of an account takes 1.2 × the ideal, and 3 % of its calls are refused', async () => {
      const told = await each((seed) =>
        callAlone({ limiter: limiter(), saysRetryAfter, pace: createAdaptivePace(), seed }),
      );
      expect(Math.max(...told.map(({ ratio }) => ratio))).toBeLessThanOrEqual(1.2);
      expect(meanOf(told.map(({ refusedShare }) => refusedShare))).toBeLessThanOrEqual(0.03);
    });

    test('one that knows what an earlier run learned takes 1.1 ×, and 1 % are refused', async () => {
      const learned = await learnedFrom(kind, saysRetryAfter);
      const told = await each((seed) =>
        callAlone({ limiter: limiter(), saysRetryAfter, pace: recalling(learned), seed }),
      );
      expect(meanOf(told.map(({ ratio }) => ratio))).toBeLessThanOrEqual(1.1);
      expect(Math.max(...told.map(({ refusedShare }) => refusedShare))).toBeLessThanOrEqual(0.01);
    });

    test.each([
      { to: 5, calls: 900 },
      { to: 40, calls: 1_800 },
    ])(
      'a limit that becomes $to in the middle is found, sooner than by obeying each refusal',
      async ({ to, calls }) => {
        const learned = await learnedFrom(kind, saysRetryAfter);
        const change = { afterCalls: 600, callsPerSecond: to };
        for (const seed of SEEDS.slice(1)) {
          const run = (pace: AdaptivePace) =>
            callAlone({ ...{ limiter: limiter(), saysRetryAfter, pace, seed, calls, change } });
          const [pace, obeying] = [await run(recalling(learned)), await run(learnsNothing)];
          expect(pace.lastedInMs).toBeLessThan(obeying.lastedInMs);
          expect(pace.refusedShare).toBeLessThan(obeying.refusedShare / 1.5);
        }
      },
    );

    test('beside one who obeys each refusal and no more, it is not much later than another such one would be, and is refused less', async () => {
      const beside = (pace: () => AdaptivePace) =>
        Promise.all(
          [1, 2, 3, 4, 5].map(async (seed) => {
            const callers = [pace(), learnsNothing].map((one) => ({ calls: 400, pace: one }));
            const [own] = await letCall({ limiter: limiter(), saysRetryAfter, seed, callers });
            return own ?? { lastedInMs: Number.NaN, refused: Number.NaN };
          }),
        );
      const [own, obeying] = [await beside(createAdaptivePace), await beside(() => learnsNothing)];
      const lasted = (all: typeof own) => meanOf(all.map(({ lastedInMs }) => lastedInMs));
      const refused = (all: typeof own) => meanOf(all.map((one) => one.refused));
      expect(lasted(own)).toBeLessThanOrEqual(1.3 * lasted(obeying));
      expect(refused(own)).toBeLessThan(refused(obeying));
    });
  },
);

describe('what shows no limit over a few seconds is obeyed and no more', () => {
  /** Refusals that come by themselves, whatever the pace is. */
  const stray = (share: number, waitInMs: number): Limiter => {
    const random = seededRandom(77);
    return { change: () => {}, ask: () => (random() < share ? waitInMs : null) };
  };

  test.each<[string, () => Limiter, number]>([
    ['1,200 calls in a minute', () => fixedWindow(1_200, 60_000), 3_000],
    ['60 calls in a minute', () => fixedWindow(60, 60_000), 300],
    ['20 calls in 20 seconds', () => fixedWindow(20, 20_000), 100],
    ['200 calls in 10 seconds', () => fixedWindow(200, 10_000), 1_000],
    ['one call in a second', () => limiters['sliding window'](1), 100],
    ['two calls in a second', () => limiters['token bucket'](2), 100],
    ['no limit, and a refusal now and then for 20 seconds', () => stray(0.005, 19_500), 1_000],
    ['no limit, and one refusal in a while', () => stray(0.001, 800), 3_000],
  ])('%s: it takes no longer for that', async (_, limiter, calls) => {
    for (const seed of SEEDS) {
      const run = (pace: AdaptivePace) =>
        callAlone({ ...{ limiter: limiter(), saysRetryAfter: true, pace, seed, calls } });
      const [pace, obeying] = [await run(createAdaptivePace()), await run(learnsNothing)];
      expect(pace.lastedInMs).toBeLessThanOrEqual(1.03 * obeying.lastedInMs);
    }
  });
});

describe('whatever was answered', () => {
  test('the next call may begin a quarter of a second after the last hold-off at the latest', () => {
    let latestInMs = 0;
    for (let seed = 1; seed <= 200; seed += 1) {
      const random = seededRandom(seed);
      const pace = createAdaptivePace();
      if (seed % 3 === 0)
        pace.recall({
          callsPerSecond: 4 + 400 * random(),
          steadyInMs: 32_000 * random(),
          obeyedPerSecond: 0,
        });
      let nowMs = 0;
      let heldUntilMs = 0;
      for (let step = 0; step < 400; step += 1) {
        nowMs = Math.max(heldUntilMs, pace.earliestMs(nowMs)) + (random() < 0.1 ? 60_000 * random() : 0);
        pace.begin(nowMs);
        const what = random();
        if (what < 0.6) pace.taken(nowMs + 50);
        if (what > 0.8) {
          const holdInMs = random() < 0.2 ? 120_000 * random() : 2_000 * random();
          heldUntilMs = nowMs + 50 + holdInMs;
          pace.refused({ nowMs: nowMs + 50, sentMs: nowMs, holdInMs });
        }
        latestInMs = Math.max(latestInMs, pace.earliestMs(nowMs) - Math.max(nowMs, heldUntilMs));
      }
    }
    expect(latestInMs).toBeLessThanOrEqual(250);
  });

  test('a limit that is gone is forgotten: after a minute of calls nothing holds them back', () => {
    const pace = recalling({ callsPerSecond: 20, steadyInMs: 32_000, obeyedPerSecond: 10 });
    let nowMs = 0;
    while (pace.isLimited() && nowMs < 120_000) {
      nowMs = pace.earliestMs(nowMs);
      pace.begin(nowMs);
      pace.taken(nowMs + 50);
    }
    expect(nowMs).toBeLessThanOrEqual(60_000);
  });

  test('what was learned is as good after a night without calls, and is forgotten where a person wants that', () => {
    const learned = { callsPerSecond: 20, steadyInMs: 32_000, obeyedPerSecond: 10 };
    const pace = recalling(learned);
    pace.begin(0);
    pace.begin(8 * 3_600_000);
    expect(pace.learned()?.callsPerSecond).toBeCloseTo(20);

    pace.forget();
    expect(pace.learned()).toBeNull();
  });
});
