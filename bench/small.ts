// How close a run over few reports, as most users have, comes to what latency and concurrency allow: here what is done before the
// first call and after the last one counts. The token is there already.
import { startAzurite } from '../local/storage/startAzurite.ts';
import type { Measurement } from './measurement.ts';
import { median } from './parts/median.ts';
import { numberFlag } from './parts/numberFlag.ts';
import { runCaller } from './parts/runCaller.ts';
import { startInsights } from './parts/startInsights.ts';
import { runBench } from './runBench.ts';

const REPORTS = 50;
const LATENCY_IN_MS = 100;
const CONCURRENCY = 8;
const RUNS = numberFlag('runs', 3);
const SHARE_GOAL = 1.2;
const MORE_GOAL_IN_MS = 200;

const WAYS = [
  ['service', 'Intermission, whole run, the first on its account'],
  ['same', 'fetch + p-limit, the same calls'],
] as const;

/** Goal: at most 1.2 × (calls × latency ÷ concurrency) and 0.2 s. */
export async function measure(): Promise<Measurement> {
  const times = new Map(WAYS.map(([way]) => [way, [] as number[]]));
  let calls = 0;
  for (let at = 0; at < RUNS; at += 1) {
    for (const [way] of WAYS) {
      const run = await runOnce(way);
      times.get(way)?.push(run.elapsedInMs);
      if (way === 'service') calls = run.calls;
    }
  }
  const idealInMs = (calls * LATENCY_IN_MS) / CONCURRENCY;
  const allowedInMs = SHARE_GOAL * idealInMs + MORE_GOAL_IN_MS;
  const serviceInMs = median(times.get('service') ?? []);
  return {
    name: 'small',
    ratio: `${REPORTS} pauses at ${LATENCY_IN_MS} ms, concurrency ${CONCURRENCY}: ${(serviceInMs / 1_000).toFixed(2)} s, where ${calls} calls must take ${(idealInMs / 1_000).toFixed(2)} s`,
    goals: [
      {
        text: `at most ${SHARE_GOAL} × the ideal and 0.2 s: ${(allowedInMs / 1_000).toFixed(2)} s`,
        isMet: serviceInMs <= allowedInMs,
      },
    ],
    columns: ['way', 'time', 'fastest'],
    rows: WAYS.map(([way, title]) => {
      const all = times.get(way) ?? [];
      return [title, `${(median(all) / 1_000).toFixed(2)} s`, `${(Math.min(...all) / 1_000).toFixed(2)} s`];
    }),
    notes: [
      `Medians of ${RUNS} runs of each, interleaved, each a new process and a new storage.`,
      'From the request on until its answer: the holds are stored, and what is done after the last read counts, too. On an account that no pause was read of yet, the first report is paused alone, three calls long.',
    ],
  };
}

async function runOnce(way: (typeof WAYS)[number][0]): Promise<{ elapsedInMs: number; calls: number }> {
  const [azurite, insights] = await Promise.all([
    startAzurite({ directory: null, nodePath: process.execPath }),
    startInsights({ reports: REPORTS, latencyInMs: LATENCY_IN_MS, callsPerSecond: null }),
  ]);
  try {
    const { origin } = insights;
    const { connectionString } = azurite;
    const common = { way, origin, connectionString, concurrency: CONCURRENCY, callsPerSecond: null };
    const { elapsedInMs } = await runCaller({ ...common, count: REPORTS, warmUp: REPORTS });
    const { list, get, put } = await insights.stats();
    // The warm-up makes the same calls on an account of its own.
    return { elapsedInMs, calls: (list + get + put) / 2 };
  } finally {
    insights.stop();
    await azurite.stop();
  }
}

if (import.meta.main) {
  await runBench(measure);
}
