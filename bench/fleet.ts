// How many processes share many accounts: a tick leaves 100 accounts to the queue, and 1, 2, 4 or 8 processes drive them on
// one Azurite. `--accounts N` makes it smaller, `--fleet N` takes the n-th fleet alone.
import { startAzurite } from '../local/storage/startAzurite.ts';
import { tick } from '../shared/service/tick.ts';
import type { Measurement } from './measurement.ts';
import { composeBench } from './parts/composeBench.ts';
import { numberFlag } from './parts/numberFlag.ts';
import { type FleetWorker, startFleetWorker } from './parts/startFleetWorker.ts';
import { type InsightsStats, startInsights } from './parts/startInsights.ts';
import { runBench } from './runBench.ts';

const ACCOUNTS = numberFlag('accounts', 100);
const REPORTS = 5;
const LATENCY_IN_MS = 50;
/** Both what an account is set to and what the service allows. */
const CALLS_PER_SECOND = 10;
const MOST_WAIT_IN_MS = 240_000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

interface Fleet {
  readonly processes: number;
  readonly isOneKilled: boolean;
}

interface Measured extends Fleet {
  readonly elapsedInMs: number;
  readonly stats: InsightsStats;
  /** Accounts on which more than one process ended a run. */
  readonly handOvers: number;
}

const FLEETS: readonly Fleet[] = [
  { processes: 1, isOneKilled: false },
  { processes: 2, isOneKilled: false },
  { processes: 4, isOneKilled: false },
  { processes: 8, isOneKilled: false },
  { processes: 4, isOneKilled: true },
];

const CHOSEN = numberFlag('fleet', FLEETS.length + 1);

/** Goals: no call above any account's limit, and every report paused once, a process killed in the middle or not. */
export async function measure(): Promise<Measurement> {
  const measured: Measured[] = [];
  for (const fleet of CHOSEN > FLEETS.length ? FLEETS : FLEETS.slice(CHOSEN - 1, CHOSEN)) {
    measured.push(await measureFleet(fleet));
  }
  return measurementOf(measured);
}

async function measureFleet(fleet: Fleet): Promise<Measured> {
  const [azurite, insights] = await Promise.all([
    startAzurite({ directory: null, nodePath: process.execPath }),
    startInsights({ reports: REPORTS, latencyInMs: LATENCY_IN_MS, callsPerSecond: CALLS_PER_SECOND }),
  ]);
  const accounts = Array.from({ length: ACCOUNTS }, (_, at) => `account-${at}`);
  const options = {
    ...{ origin: insights.origin, connectionString: azurite.connectionString, accounts },
    ...{ concurrency: 8, callsPerSecond: CALLS_PER_SECOND },
  };
  const begunBy = new Map<string, number>();
  const handedOver = new Set<string>();
  const workers: FleetWorker[] = [];
  try {
    for (let at = 0; at < fleet.processes; at += 1) {
      const onWork = (account: string, isDone: boolean) => {
        const first = begunBy.get(account) ?? at;
        begunBy.set(account, first);
        if (isDone && first !== at) handedOver.add(account);
      };
      workers.push(await startFleetWorker(options, onWork));
    }
    await leaveToDrivers(options);
    const startedMs = performance.now();
    for (const worker of workers) worker.begin();
    let stats = await insights.stats();
    let mayKill = fleet.isOneKilled;
    while (stats.changes < ACCOUNTS * REPORTS) {
      if (performance.now() - startedMs > MOST_WAIT_IN_MS) {
        throw new Error(`${stats.changes} of ${ACCOUNTS * REPORTS} reports after ${MOST_WAIT_IN_MS} ms`);
      }
      if (mayKill && stats.changes * 2 > ACCOUNTS * REPORTS) {
        workers[0]?.kill();
        mayKill = false;
      }
      await new Promise((resolve) => setTimeout(resolve, 50));
      stats = await insights.stats();
    }
    const elapsedInMs = performance.now() - startedMs;
    return { ...fleet, elapsedInMs, stats, handOvers: handedOver.size };
  } finally {
    for (const worker of workers) worker.kill();
    insights.stop();
    await azurite.stop();
  }
}

/** A tick with a window over every account that has begun. */
async function leaveToDrivers(options: Parameters<typeof composeBench>[0] & { accounts: readonly string[] }) {
  const { parts } = composeBench(options, options.accounts, { withWindows: true });
  const correlationId = 'be000000-0000-4000-8000-000000000002';
  const run = await tick(parts, { correlationId, caller: 'timer', teller: quiet, runId: null });
  if (run.leftToDrivers !== options.accounts.length) {
    throw new Error(JSON.stringify([run.leftToDrivers, run.problems]));
  }
}

function measurementOf(measured: readonly Measured[]): Measurement {
  const rate = ({ elapsedInMs }: Measured) => (ACCOUNTS * REPORTS * 1_000) / elapsedInMs;
  const [one] = measured;
  const best = measured.reduce((left, right) => (rate(left) >= rate(right) ? left : right));
  const refused = measured.reduce((sum, { stats }) => sum + stats.refused, 0);
  const twice = measured.filter(({ stats }) => stats.put > ACCOUNTS * REPORTS && stats.refused === 0);
  return {
    name: 'fleet',
    ratio: `${ACCOUNTS} accounts × ${REPORTS} reports: ${rate(best).toFixed(0)} reports a second with ${best.processes} processes, ${(one === undefined ? 0 : rate(best) / rate(one)).toFixed(1)} × one process; ${refused} calls refused`,
    goals: [
      { text: 'no account gets more calls than its limit', isMet: refused === 0 },
      { text: 'no report is paused twice', isMet: twice.length === 0 },
    ],
    columns: [
      'processes',
      'time',
      'reports a second',
      '429s',
      'PUTs',
      'most calls of an account in a second',
      'accounts handed over',
    ],
    rows: measured.map((fleet) => [
      `${fleet.processes}${fleet.isOneKilled ? ', one killed half way' : ''}`,
      `${(fleet.elapsedInMs / 1000).toFixed(1)} s`,
      rate(fleet).toFixed(0),
      String(fleet.stats.refused),
      String(fleet.stats.put),
      `${fleet.stats.mostInASecond} of ${CALLS_PER_SECOND}`,
      String(fleet.handOvers),
    ]),
    notes: [
      'All processes, Azurite and the service share the cores of this machine, and Azurite is one thread: what is to be seen is that processes do not get in each other’s way, not how far a fleet scales.',
      'Handed over: begun by one process and ended by another. After the kill its accounts wait for the end of its leases (a minute), and are then driven by the others.',
    ],
  };
}

if (import.meta.main) {
  await runBench(measure);
}
