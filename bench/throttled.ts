// What a limit of the service costs: it allows 20 calls in any second and answers 429 + Retry-After above. `--reports N`
// makes it smaller.
import { startAzurite } from '../local/storage/startAzurite.ts';
import type { Measurement } from './measurement.ts';
import { numberFlag } from './parts/numberFlag.ts';
import { type CallerOptions, type CallerResult, runCaller } from './parts/runCaller.ts';
import { type InsightsStats, startInsights } from './parts/startInsights.ts';
import { runBench } from './runBench.ts';

const LATENCY_IN_MS = 50;
const CONCURRENCY = 8;
const CALLS_PER_SECOND = 20;
const TIME_GOAL = 1.05;
const WASTE_GOAL = 0.01;
/** Of the first run of an account that nobody set a ceiling for. */
const LEARNING_TIME_GOAL = 1.2;
const LEARNING_WASTE_GOAL = 0.03;
const WARM_UP = 5;
const REPORTS = numberFlag('reports', 300);

type Case = Pick<CallerOptions, 'way' | 'callsPerSecond'> & { readonly title: string };

const CASES: readonly [Case, Case, ...Case[]] = [
  {
    ...{ way: 'service', callsPerSecond: CALLS_PER_SECOND },
    title: `Intermission, callsPerSecond ${CALLS_PER_SECOND}`,
  },
  { way: 'service', callsPerSecond: null, title: 'Intermission, no callsPerSecond' },
  { way: 'fetch', callsPerSecond: null, title: 'fetch + p-limit, Retry-After by hand' },
  { way: 'axios', callsPerSecond: null, title: 'axios + axios-retry + p-limit' },
];

interface Measured {
  readonly title: string;
  readonly elapsedInMs: number;
  readonly calls: number;
  readonly refused: number;
  /** Time over what the allowed calls must take. */
  readonly ratio: number;
  readonly waste: number;
}

/** Goals, with the ceiling set: time at most 1.05 × the ideal (calls ÷ 20 a second), at most 1 % of the calls refused. */
export async function measure(): Promise<Measurement> {
  const [first, second, ...others] = CASES;
  const set = await measureCase(first);
  const learning = await measureCase(second);
  const measured: Measured[] = [set, learning];
  for (const one of others) {
    measured.push(await measureCase(one));
  }
  return measurementOf({ set, learning, measured });
}

async function measureCase({ way, callsPerSecond, title }: Case): Promise<Measured> {
  const [azurite, insights] = await Promise.all([
    startAzurite({ directory: null, nodePath: process.execPath }),
    startInsights({ reports: REPORTS, latencyInMs: LATENCY_IN_MS, callsPerSecond: CALLS_PER_SECOND }),
  ]);
  try {
    const { origin } = insights;
    const { connectionString } = azurite;
    const result = await runCaller({
      ...{ way, origin, connectionString, callsPerSecond, concurrency: CONCURRENCY, count: REPORTS },
      warmUp: WARM_UP,
    });
    return measuredOf(title, result, await insights.stats());
  } finally {
    insights.stop();
    await azurite.stop();
  }
}

function measuredOf(title: string, { elapsedInMs }: CallerResult, stats: InsightsStats): Measured {
  if (stats.changes !== REPORTS + WARM_UP) {
    throw new Error(`${title} paused ${stats.changes - WARM_UP} of ${REPORTS} reports`);
  }
  const { list, get, put, refused } = stats;
  const calls = list + get + put - WARM_UP - (list > 1 ? 1 : 0);
  const idealInMs = (calls / CALLS_PER_SECOND) * 1_000;
  return {
    title,
    elapsedInMs,
    calls,
    refused,
    ratio: elapsedInMs / idealInMs,
    waste: refused / (calls + refused),
  };
}

function measurementOf({
  set,
  learning,
  measured,
}: {
  readonly set: Measured;
  readonly learning: Measured;
  readonly measured: readonly Measured[];
}): Measurement {
  const percent = (share: number) => `${(share * 100).toFixed(1)} %`;
  return {
    name: 'throttled',
    ratio: `${REPORTS} pauses where ${CALLS_PER_SECOND} calls a second are allowed: ${set.ratio.toFixed(3)} × the ideal, ${percent(set.waste)} of the calls wasted; without a ceiling ${learning.ratio.toFixed(3)} ×, ${percent(learning.waste)}`,
    goals: [
      { text: `time at most ${TIME_GOAL} × the ideal`, isMet: set.ratio <= TIME_GOAL },
      { text: `at most ${percent(WASTE_GOAL)} of the calls wasted`, isMet: set.waste <= WASTE_GOAL },
      {
        text: `without a ceiling at most ${LEARNING_TIME_GOAL} × the ideal`,
        isMet: learning.ratio <= LEARNING_TIME_GOAL,
      },
      {
        text: `without a ceiling at most ${percent(LEARNING_WASTE_GOAL)} of the calls wasted`,
        isMet: learning.waste <= LEARNING_WASTE_GOAL,
      },
    ],
    columns: ['way', 'time', 'allowed calls', 'refused (429)', 'time ÷ ideal', 'wasted'],
    rows: measured.map((one) => [
      one.title,
      `${(one.elapsedInMs / 1000).toFixed(1)} s`,
      String(one.calls),
      String(one.refused),
      one.ratio.toFixed(3),
      percent(one.waste),
    ]),
    notes: [
      `Where callsPerSecond is set, it is what the service allows. The gate spreads a second's calls over 1.025 s, so that none of the service's seconds holds one too many.`,
      'Intermission reads each report before its pause and after it; the peers do not, and make a third of the calls. Without a ceiling it is the first run on the account: it learns the limit, and later runs begin with it.',
      'Concurrency 8 for all.',
    ],
  };
}

if (import.meta.main) {
  await runBench(measure);
}
