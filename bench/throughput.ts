// How close a run over many reports comes to what latency and concurrency allow, beside plain ways to send the same calls.
// `--reports N` makes it smaller.
import { startAzurite } from '../local/storage/startAzurite.ts';
import type { Measurement } from './measurement.ts';
import { numberFlag } from './parts/numberFlag.ts';
import { type CallerOptions, type CallerResult, runCaller } from './parts/runCaller.ts';
import { type InsightsStats, startInsights } from './parts/startInsights.ts';
import { runBench } from './runBench.ts';

const LATENCY_IN_MS = 50;
const CONCURRENCY = 64;
const GOAL = 1.3;
const PEER_GOAL = 1.15;
const CPU_GOAL = 1.5;
const REPORTS = numberFlag('reports', 10_000);

const WAYS = [
  ['service', 'Intermission, whole run: ledger on Azurite'],
  ['client', 'Intermission, its HTTP client alone'],
  ['same', 'fetch + p-limit, the same calls'],
  ['axios', 'axios + axios-retry + p-limit'],
  ['http', 'bare http.request + p-limit'],
] as const;

interface Measured extends CallerResult {
  readonly title: string;
  readonly calls: number;
  readonly idealInMs: number;
  readonly ratio: number;
}

/**
 * Goals: the whole run takes at most 1.3 × the ideal (calls × latency ÷ concurrency) and 1.15 × fetch that makes the same calls, and at
 * most 1.5 × the CPU per call of axios.
 */
export async function measure(): Promise<Measurement> {
  const [azurite, insights] = await Promise.all([
    startAzurite({ directory: null, nodePath: process.execPath }),
    startInsights({ reports: REPORTS, latencyInMs: LATENCY_IN_MS, callsPerSecond: null }),
  ]);
  const measured = new Map<CallerOptions['way'], Measured>();
  try {
    for (const [way, title] of WAYS) {
      const { origin } = insights;
      const { connectionString } = azurite;
      const common = { way, origin, connectionString, concurrency: CONCURRENCY, callsPerSecond: null };
      // Counted without a warm-up, so that the calls are those of the run alone.
      await insights.reset();
      const result = await runCaller({ ...common, count: REPORTS, warmUp: 300 });
      measured.set(way, measuredOf(title, result, await insights.stats()));
    }
  } finally {
    insights.stop();
    await azurite.stop();
  }
  return measurementOf(measured);
}

function measuredOf(title: string, result: CallerResult, stats: InsightsStats): Measured {
  if (stats.changes < REPORTS) {
    throw new Error(`${title} paused ${stats.changes} of ${REPORTS} reports`);
  }
  const calls = stats.list + stats.get + stats.put - warmUpCalls(stats);
  const idealInMs = (calls * LATENCY_IN_MS) / CONCURRENCY;
  return { ...result, title, calls, idealInMs, ratio: result.elapsedInMs / idealInMs };
}

/** What the warm-up changed it called for; its one list is one of the run's, too. */
function warmUpCalls({ changes, list }: InsightsStats): number {
  return changes - REPORTS + (list > 1 ? 1 : 0);
}

function measurementOf(measured: ReadonlyMap<CallerOptions['way'], Measured>): Measurement {
  const [service, same, axios] = [measured.get('service'), measured.get('same'), measured.get('axios')];
  if (service === undefined || same === undefined || axios === undefined) {
    throw new Error('a way was not measured');
  }
  const cpuOf = ({ cpuInMs, calls }: Measured) => cpuInMs / calls;
  const toSame = service.elapsedInMs / same.elapsedInMs;
  const cpuToAxios = cpuOf(service) / cpuOf(axios);
  return {
    name: 'throughput',
    ratio:
      `${REPORTS} pauses at ${LATENCY_IN_MS} ms, concurrency ${CONCURRENCY}: ${service.ratio.toFixed(2)} × the ideal for the whole run, ` +
      `${toSame.toFixed(2)} × fetch that makes the same calls, ${cpuToAxios.toFixed(2)} × the CPU per call of axios`,
    goals: [
      { text: `whole run at most ${GOAL} × the ideal`, isMet: service.ratio <= GOAL },
      {
        text: `whole run at most ${PEER_GOAL} × fetch that makes the same calls`,
        isMet: toSame <= PEER_GOAL,
      },
      { text: `at most ${CPU_GOAL} × the CPU per call of axios`, isMet: cpuToAxios <= CPU_GOAL },
    ],
    columns: ['way', 'time', 'calls', 'ideal', 'ratio', 'CPU per call', 'peak RSS'],
    rows: [...measured.values()].map((one) => [
      one.title,
      `${(one.elapsedInMs / 1000).toFixed(2)} s`,
      String(one.calls),
      `${(one.idealInMs / 1000).toFixed(2)} s`,
      one.ratio.toFixed(2),
      `${cpuOf(one).toFixed(3)} ms`,
      `${one.peakRssInMb.toFixed(0)} MB`,
    ]),
    notes: [
      'The ideal counts all calls that were made: a list, and for each report a read by id, the PUT, and a read by id. axios and http.request make the PUT alone, and no peer keeps anything.',
      'The whole run is held up by its ledger: each pause is written ahead and confirmed, three rows with its hold, and its hold is stored before anything is called. Azurite is one thread and shares the cores. In Azure a table partition takes 2,000 entities a second, and the three rows are in one: 10,000 pauses of one account cannot take less than 15 s there, whatever the API allows.',
      'What the ideal leaves out is the same for all: the CPU of sending, on one thread. Bare http.request shows how near this machine comes to it.',
    ],
  };
}

if (import.meta.main) {
  await runBench(measure);
}
