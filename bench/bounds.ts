// What one caller can do to everybody else: requests that nobody should send, to the app as it is deployed, in the functions
// host. For each a new process: how long its event loop was held up at most, how much memory it added, and what it cost.
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { type FunctionsHost, startFunctionsHost } from '../local/functionsHost/startFunctionsHost.ts';
import { startAzurite } from '../local/storage/startAzurite.ts';
import type { Measurement } from './measurement.ts';
import { makeBenchApps } from './parts/benchApps.ts';
import { startInsights } from './parts/startInsights.ts';
import { runBench } from './runBench.ts';

const KEYS = { master: 'the-master-key', function: 'the-function-key' };
const REPORTS = 2_000;
const MEBIBYTE = 1024 * 1024;
const HELD_UP_GOAL_IN_MS = 50;
const ADDED_GOAL_IN_MB = 64;

const watchedShape = z.object({ heldUpInMs: z.number(), cpuInMs: z.number(), addedInMb: z.number() });
const sampleShape = z.object({ Values: z.record(z.string(), z.string()) });

interface Attack {
  readonly name: string;
  /** Requests at once. */
  readonly times: number;
  readonly method: 'GET' | 'POST';
  readonly path: string;
  readonly body: () => string | Uint8Array | null;
  readonly hasKey: boolean;
}

type Found = z.infer<typeof watchedShape> & {
  readonly attack: Attack;
  readonly statuses: string;
  readonly apiCalls: number;
  readonly lines: number;
};

const pause = { times: 1, method: 'POST', path: '/api/pause', hasKey: true } as const;
const look = { method: 'GET', body: () => null, hasKey: true } as const;
const many = (count: number, one: (key: string) => string) =>
  Array.from({ length: count }, (_, at) => one(at.toString(36).padStart(4, 'k'))).join(',');
const id = (at: number) => `c0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
const ids = (count: number) => Array.from({ length: count }, (_, at) => `"${id(at)}"`).join(',');
const adoption = (at: number) =>
  `{"reportId":"${id(at)}","pausedAtUtc":"2026-01-01T00:00:00Z","modifiedTime":"","contentHash":"${'0'.repeat(64)}"}`;

const attacks: readonly Attack[] = [
  {
    ...pause,
    name: '1 MiB of zeros as reportIds',
    body: () => `{"reportIds":[${'0,'.repeat(MEBIBYTE / 2 - 20)}0]}`,
  },
  { ...pause, name: '10,000 zeros as reportIds', body: () => `{"reportIds":[${'0,'.repeat(9_999)}0]}` },
  { ...pause, name: '80,000 unknown keys', body: () => `{${many(80_000, (key) => `"${key}":0`)}}` },
  {
    ...pause,
    name: '80,000 objects, all different',
    body: () => `[${many(80_000, (key) => `{"${key}":0}`)}]`,
  },
  {
    ...pause,
    name: '500,000 lists in one another',
    body: () => `${'['.repeat(500_000)}${']'.repeat(500_000)}`,
  },
  // Refused for want of a reason, after all of it was read.
  {
    ...pause,
    ...{ name: '10,000 good ids', path: '/api/resume' },
    body: () => `{"takeOver":true,"reportIds":[${ids(10_000)}]}`,
  },
  {
    ...pause,
    ...{ name: '4,500 adoptions, all twice', path: '/api/adopt' },
    body: () =>
      `{"reason":"x","pauses":[${Array.from({ length: 4_500 }, (_, at) => adoption(at % 2_250)).join(',')}]}`,
  },
  {
    ...{ name: '3 × 90 MiB to an unknown webhook', times: 3, method: 'POST', path: '/api/webhooks/nobody' },
    ...{ body: () => new Uint8Array(90 * MEBIBYTE), hasKey: false },
  },
  {
    ...{ name: '200 deliveries to an unknown webhook', times: 200, method: 'POST' },
    ...{ path: '/api/webhooks/nobody', body: () => '{}', hasKey: false },
  },
  {
    ...look,
    name: `70 × GET /api/reports, ${REPORTS.toLocaleString('en')} reports`,
    times: 70,
    path: '/api/reports',
  },
  { ...look, name: '20 × health/details?deep=true', times: 20, path: '/api/health/details?deep=true' },
];

/** Goals: no request holds up the event loop for more than 50 ms or adds more than 64 MB; looks share one read. */
export async function measure(): Promise<Measurement> {
  const apps = await makeBenchApps();
  const [insights, azurite] = await Promise.all([
    startInsights({ reports: REPORTS, latencyInMs: 0, callsPerSecond: null }),
    startAzurite({ directory: null, nodePath: process.execPath }),
  ]);
  const stateDirectory = await mkdtemp(join(tmpdir(), 'intermission-bounds-'));
  const found: Found[] = [];
  try {
    for (const attack of attacks) {
      const { connectionString } = azurite;
      const appDirectory = apps.intermission;
      found.push(await attackOnce(attack, { appDirectory, stateDirectory, connectionString, insights }));
    }
  } finally {
    insights.stop();
    await azurite.stop();
    await apps.remove();
    await rm(stateDirectory, { recursive: true });
  }
  return measurementOf(found);
}

async function attackOnce(
  attack: Attack,
  place: {
    readonly appDirectory: string;
    readonly stateDirectory: string;
    readonly connectionString: string;
    readonly insights: Awaited<ReturnType<typeof startInsights>>;
  },
): Promise<Found> {
  const { appDirectory, stateDirectory, connectionString, insights } = place;
  const watchFile = join(stateDirectory, 'watch');
  const sample = sampleShape.parse(JSON.parse(await readFile('local.settings.sample.json', 'utf8'))).Values;
  const limit = sample['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'];
  const host = await startFunctionsHost({
    ...{ appDirectory, stateDirectory, keys: KEYS, port: 0, nodePath: process.execPath },
    nodeArguments: ['--require', join(process.cwd(), 'bench/parts/watchLoop.cjs')],
    settings: {
      ...(limit === undefined ? {} : { FUNCTIONS_REQUEST_BODY_SIZE_LIMIT: limit }),
      ...{ WATCH_FILE: watchFile, AzureWebJobsStorage: connectionString },
      TENANT_ID: '11111111-1111-4111-8111-111111111111',
      ...{ IDENTITY_ENDPOINT: `${insights.origin}/token`, IDENTITY_HEADER: 'bench' },
      ...{ EXTRA_API_HOSTS: insights.host, INSIGHTS_BASE_URL: `${insights.origin}/default/insights/v1/mpn` },
      TICK_SCHEDULE: `0 ${(new Date().getUTCMinutes() + 30) % 60} * * * *`,
    },
  });
  try {
    const watch = async (path: string) => {
      const answer = await fetch(`http://127.0.0.1:${await readFile(watchFile, 'utf8')}${path}`);
      return watchedShape.parse(await answer.json());
    };
    // Once through small ones of the same kind, so that what is measured is no loading of code.
    for (const warm of [pause, { ...pause, path: '/api/resume' }, { ...pause, path: '/api/adopt' }]) {
      await send(host, { ...warm, name: '', body: () => `{"reportIds":[${ids(50)}],"nothing":1}` });
    }
    await send(host, {
      ...attack,
      name: '',
      method: 'GET',
      path: '/api/reports?account=default',
      body: () => null,
      hasKey: true,
    });
    await insights.reset();
    const before = host.logs.length;
    await watch('/begin');
    const statuses = await Promise.all(Array.from({ length: attack.times }, () => send(host, attack)));
    const watched = await watch('/');
    const { list, get } = await insights.stats();
    const kinds = [...new Set(statuses)].sort().join(', ');
    return { attack, ...watched, statuses: kinds, apiCalls: list + get, lines: linesOf(host, before) };
  } finally {
    await host.kill();
  }
}

/** Lines that the app itself wrote. */
function linesOf({ logs }: FunctionsHost, from: number): number {
  return logs.slice(from).filter(({ message }) => message.startsWith('{')).length;
}

/** The status, or `closed` where the host did not read the body to its end. */
async function send(host: FunctionsHost, { method, path, body, hasKey }: Attack): Promise<string> {
  try {
    const answer = await fetch(`${host.url}${path}`, {
      ...{ method, body: body() },
      headers: {
        ...(hasKey ? { 'x-functions-key': KEYS.function } : {}),
        'content-type': 'application/json',
      },
    });
    await answer.arrayBuffer();
    return String(answer.status);
  } catch {
    return 'closed';
  }
}

function measurementOf(found: readonly Found[]): Measurement {
  const single = found.filter(({ attack }) => attack.times === 1);
  const heldUp = Math.max(...single.map(({ heldUpInMs }) => heldUpInMs));
  const added = Math.max(...found.map(({ addedInMb }) => addedInMb));
  const looks = found.filter(({ attack }) => attack.method === 'GET');
  return {
    name: 'bounds',
    ratio: `one request holds up the event loop for ${ms(heldUp)} at most, and no attack adds more than ${Math.round(added)} MB`,
    goals: [
      {
        text: `one request holds up the event loop for at most ${HELD_UP_GOAL_IN_MS} ms`,
        isMet: heldUp <= HELD_UP_GOAL_IN_MS,
      },
      { text: `no attack adds more than ${ADDED_GOAL_IN_MB} MB`, isMet: added <= ADDED_GOAL_IN_MB },
      {
        text: 'looks that come together make one call at most',
        isMet: looks.every(({ apiCalls }) => apiCalls <= 1),
      },
    ],
    columns: [
      'requests',
      'answers',
      'held up at most',
      'CPU',
      'memory added',
      'calls to Partner Center',
      'lines',
    ],
    rows: found.map(({ attack, statuses, heldUpInMs, cpuInMs, addedInMb, apiCalls, lines }) => [
      ...[attack.name, statuses, ms(heldUpInMs), ms(cpuInMs), `${Math.round(addedInMb)} MB`],
      ...[String(apiCalls), String(lines)],
    ]),
    notes: [
      'Each in a new process that has answered small requests of the kind before. Held up: the longest delay that monitorEventLoopDelay saw.',
      'Memory: how far the peak of the resident set rose. Host and app are one process here, so that both are measured.',
    ],
  };
}

function ms(value: number): string {
  return `${Math.round(value)} ms`;
}

if (import.meta.main) {
  await runBench(measure);
}
