// How much longer the app takes to load than an empty one and a hello-world one, and its first idle tick than a timer that
// says hello. In the functions host, each run a new process, interleaved so that a busy machine disturbs all of them alike.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type FunctionsHost, startFunctionsHost } from '../local/functionsHost/startFunctionsHost.ts';
import { startAzurite } from '../local/storage/startAzurite.ts';
import type { Measurement } from './measurement.ts';
import { type BenchApps, makeBenchApps } from './parts/benchApps.ts';
import { median } from './parts/median.ts';
import { numberFlag } from './parts/numberFlag.ts';
import { runBench } from './runBench.ts';

const RUNS = numberFlag('runs', 12);
const LOAD_GOAL_IN_MS = 25;
const TICK_GOAL_IN_MS = 60;
const KEYS = { master: 'master', function: 'function' };

type AppName = Exclude<keyof BenchApps, 'remove'>;

const names: Readonly<Record<AppName, string>> = {
  empty: 'empty',
  helloWorld: 'hello world',
  oneRow: 'hello world that reads one row',
  intermission: 'Intermission',
};

const loadShape = z.object({ file: z.string(), inMs: z.number() });

/** What one process of one app took. */
interface Times {
  /** By file, with all that it loads in turn. */
  readonly loadsInMs: ReadonlyMap<string, number>;
  /** Null for an app without a timer. */
  readonly firstTickInMs: number | null;
}

interface Place {
  readonly apps: BenchApps;
  readonly stateDirectory: string;
  readonly connectionString: string;
}

/** Goals: loading at most 25 ms above hello world's, the idle tick's first run within 60 ms of hello world's. */
export async function measure(): Promise<Measurement> {
  const stateDirectory = await mkdtemp(join(tmpdir(), 'intermission-bench-state-'));
  const [apps, azurite] = await Promise.all([
    makeBenchApps(),
    startAzurite({ directory: null, nodePath: process.execPath }),
  ]);
  const place = { apps, stateDirectory, connectionString: azurite.connectionString };
  try {
    // The first tick ever makes the tables, and one each day looks for pauses of others; from then on ticks are idle.
    await runOnce('intermission', place);
    const times: Record<AppName, Times[]> = { empty: [], helloWorld: [], oneRow: [], intermission: [] };
    for (let at = 0; at < RUNS; at += 1) {
      for (const app of ['empty', 'helloWorld', 'oneRow', 'intermission'] as const) {
        times[app].push(await runOnce(app, place));
      }
    }
    return measurementOf(times);
  } finally {
    await azurite.stop();
    await apps.remove();
    await rm(stateDirectory, { recursive: true });
  }
}

async function runOnce(app: AppName, { apps, stateDirectory, connectionString }: Place): Promise<Times> {
  const timeFile = join(stateDirectory, 'loads');
  await rm(timeFile, { force: true });
  const host = await startFunctionsHost({
    ...{ appDirectory: apps[app], stateDirectory, keys: KEYS, port: 0, nodePath: process.execPath },
    nodeArguments: ['--require', join(process.cwd(), 'bench/parts/timeLoads.cjs')],
    settings: {
      ...{ TIMED_FOLDER: apps[app], TIME_FILE: timeFile },
      AzureWebJobsStorage: connectionString,
      TENANT_ID: '11111111-1111-4111-8111-111111111111',
      // Half an hour away, so that only the run that is asked for happens.
      TICK_SCHEDULE: `0 ${(new Date().getUTCMinutes() + 30) % 60} * * * *`,
    },
  });
  const hasTimer = host.functions.some(({ type }) => type === 'timerTrigger');
  const firstTickInMs = hasTimer ? await tickOnce(host) : null;
  await host.kill();
  const lines = (await readFile(timeFile, 'utf8')).trim().split('\n');
  const loads = lines.map((line) => loadShape.parse(JSON.parse(line)));
  // A file that is asked for again is there already: its first line counts.
  return { loadsInMs: new Map(loads.reverse().map(({ file, inMs }) => [file, inMs])), firstTickInMs };
}

async function tickOnce(host: FunctionsHost): Promise<number> {
  const ended = new Promise<number>((resolve, reject) => {
    host.onLine(({ message }) => {
      const [, end, durationInMs] = /^Executed 'tick' \((\w+), Duration=(\d+)ms\)/.exec(message) ?? [];
      if (end === 'Succeeded') {
        resolve(Number(durationInMs));
      } else if (end !== undefined) {
        reject(new Error(host.logs.map((line) => line.message).join('\n')));
      }
    });
  });
  await fetch(`${host.url}/admin/functions/tick`, {
    ...{ method: 'POST', headers: { 'x-functions-key': KEYS.master }, body: '{}' },
  });
  return ended;
}

function measurementOf(times: Readonly<Record<AppName, readonly Times[]>>): Measurement {
  const load = (app: AppName, file = 'main.cjs') =>
    median(times[app].map(({ loadsInMs }) => loadsInMs.get(file) ?? 0));
  const tick = (app: AppName) => median(times[app].flatMap(({ firstTickInMs }) => firstTickInMs ?? []));
  const leastLoad = (app: AppName) =>
    Math.min(...times[app].map(({ loadsInMs }) => loadsInMs.get('main.cjs') ?? 0));
  const leastTick = (app: AppName) => Math.min(...times[app].map(({ firstTickInMs }) => firstTickInMs ?? 0));
  const loadAbove = load('intermission') - load('helloWorld');
  const tickAbove = tick('intermission') - tick('helloWorld');
  const [service, sdk] = [load('intermission', 'service.cjs'), load('intermission', 'azure-data-tables.cjs')];
  return {
    name: 'coldstart',
    ratio:
      `loads in ${ms(load('intermission'))}, ${(load('intermission') / load('helloWorld')).toFixed(2)} × hello world ` +
      `(${ms(loadAbove)} more); the first idle tick takes ${ms(tickAbove)} more than hello world's timer`,
    goals: [
      {
        text: `loads at most ${LOAD_GOAL_IN_MS} ms slower than hello world`,
        isMet: loadAbove <= LOAD_GOAL_IN_MS,
      },
      {
        text: `first idle tick at most ${TICK_GOAL_IN_MS} ms slower than hello world's timer`,
        isMet: tickAbove <= TICK_GOAL_IN_MS,
      },
    ],
    columns: ['app', 'load', 'fastest', 'first tick', 'fastest'],
    rows: (['empty', 'helloWorld', 'oneRow', 'intermission'] as const).map((app) => [
      ...[names[app], ms(load(app)), ms(leastLoad(app))],
      ...(app === 'empty' ? ['-', '-'] : [ms(tick(app)), ms(leastTick(app))]),
    ]),
    notes: [
      `Medians of ${RUNS} runs of each, interleaved, each a new process; load is the time of the entry's require.`,
      `Of the first idle tick, ${ms(service)} load the service's own code (with zod and the Temporal polyfill), ${ms(sdk)} Microsoft's`,
      `SDK for tables, and the rest is first requests to the ledger. To read one row by that SDK alone costs a hello-world app`,
      `${ms(tick('oneRow') - tick('helloWorld'))}: the ledger has to be asked, since what is ours may have to be resumed whatever the windows say.`,
    ],
  };
}

function ms(value: number): string {
  return `${value.toFixed(1)} ms`;
}

if (import.meta.main) {
  await runBench(measure);
}
