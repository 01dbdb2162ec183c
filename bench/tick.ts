// What a tick costs on an account with 10,000 reports, all of them in one of 100 windows: when nothing is due, and when ten
// windows have just begun. The service as it is composed in production, on Azurite; the Insights API in another process.
import { BlobServiceClient } from '@azure/storage-blob';
import { startAzurite } from '../local/storage/startAzurite.ts';
import { compose } from '../shared/composition/compose.ts';
import { systemClock } from '../shared/time/clock.ts';
import type { Measurement } from './measurement.ts';
import { countCalls } from './parts/countCalls.ts';
import { type InsightsStats, startInsights } from './parts/startInsights.ts';
import { runBench } from './runBench.ts';

const REPORTS = 10_000;
const WINDOWS = 100;
const WINDOWS_THAT_BEGIN = 10;
const CHANGES = (REPORTS / WINDOWS) * WINDOWS_THAT_BEGIN;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

interface Ticked {
  readonly stats: InsightsStats;
  readonly storageCalls: number;
  readonly cpuInMs: number;
  readonly elapsedInMs: number;
  readonly paused: number;
}

/** Goals: an idle tick asks the Insights API nothing; one with 1,000 changes asks for no more than the design demands. */
export async function measure(): Promise<Measurement> {
  const [insights, azurite] = await Promise.all([
    startInsights({ reports: REPORTS, latencyInMs: 0, callsPerSecond: null }),
    startAzurite({ directory: null, nodePath: process.execPath }),
  ]);
  try {
    const { connectionString } = azurite;
    const tickOf = (windowsThatAreOn: number) => tickWith({ insights, connectionString, windowsThatAreOn });
    // A tick is measured after one like it, so that code is compiled and connections are there.
    const idle = await tickOf(0);
    const changing = await tickOf(WINDOWS_THAT_BEGIN);
    return measurementOf(idle, changing);
  } finally {
    insights.stop();
    await azurite.stop();
  }
}

async function tickWith(options: {
  insights: Awaited<ReturnType<typeof startInsights>>;
  connectionString: string;
  windowsThatAreOn: number;
}): Promise<Ticked> {
  const { insights, connectionString, windowsThatAreOn } = options;
  const [service, upload] = serviceOn(insights.origin, connectionString);
  const tick = () =>
    service.tick({ correlationId: crypto.randomUUID(), caller: 'bench', teller: quiet, runId: null });
  await upload(0);
  await tick();
  await upload(windowsThatAreOn);
  await insights.reset();
  const storageCalls = countCalls(
    new URL(/TableEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '').hostname,
    insights.host,
  );
  const startedAt = { cpu: process.cpuUsage(), ms: performance.now() };
  const run = await tick();
  const { user, system } = process.cpuUsage(startedAt.cpu);
  const elapsedInMs = performance.now() - startedAt.ms;
  if (run.status !== 'ok') {
    throw new Error(`the tick was ${run.status}: ${JSON.stringify([run.problems, run.results.slice(0, 3)])}`);
  }
  return {
    ...{ storageCalls: storageCalls(), stats: await insights.stats(), elapsedInMs },
    cpuInMs: (user + system) / 1000,
    paused: run.results.filter(({ outcome }) => outcome === 'paused').length,
  };
}

/** The service, and what puts its windows into the blob: so many of them are on, the others far from now. */
function serviceOn(origin: string, connectionString: string) {
  Object.assign(process.env, { IDENTITY_ENDPOINT: `${origin}/token`, IDENTITY_HEADER: 'bench' });
  const composed = compose(
    {
      ...{ TENANT_ID: '20000000-0000-4000-8000-000000000000', AzureWebJobsStorage: connectionString },
      ...{ INSIGHTS_BASE_URL: `${origin}/account/insights/v1/mpn`, EXTRA_API_HOSTS: new URL(origin).host },
      ...{ WINDOWS_BLOB: 'bench/windows.json', MAX_CONCURRENCY: '64' },
    },
    { clock: systemClock, random: Math.random },
  );
  if (!composed.ok) {
    throw new Error(JSON.stringify(composed.problems));
  }
  const container = BlobServiceClient.fromConnectionString(connectionString).getContainerClient('bench');
  const upload = async (on: number) => {
    const text = JSON.stringify(Array.from({ length: WINDOWS }, (_, at) => windowOf(at, at < on)));
    await container.createIfNotExists();
    await container.getBlockBlobClient('windows.json').upload(text, Buffer.byteLength(text));
  };
  return [composed.service, upload] as const;
}

/** A window of each hundredth report, by the end of its name. */
function windowOf(at: number, isOn: boolean): object {
  const fromMs = Date.now() + (isOn ? -60_000 : 86_400_000);
  return {
    ...{ name: `window-${at}`, reports: { namePattern: `*${String(at).padStart(2, '0')}` } },
    schedule: { from: new Date(fromMs).toISOString(), to: new Date(fromMs + 14_400_000).toISOString() },
  };
}

function measurementOf(idle: Ticked, changing: Ticked): Measurement {
  const { stats } = changing;
  const calls = ({ stats: { list, get, put } }: Ticked) => list + get + put;
  const least = 1 + CHANGES;
  const row = (name: string, ticked: Ticked) => [
    ...[
      name,
      `${ticked.stats.list} + ${ticked.stats.get} + ${ticked.stats.put}`,
      String(ticked.storageCalls),
    ],
    ...[`${Math.round(ticked.cpuInMs)} ms`, `${Math.round(ticked.elapsedInMs)} ms`],
  ];
  return {
    name: 'tick',
    ratio:
      `idle with ${REPORTS.toLocaleString('en')} reports in ${WINDOWS} windows: ${calls(idle)} API calls, ` +
      `${idle.storageCalls} storage calls, ${Math.round(idle.cpuInMs)} ms of CPU; with ${CHANGES.toLocaleString('en')} changes: ` +
      `${(calls(changing) / least).toFixed(3)} × the fewest API calls, ${(changing.storageCalls / CHANGES).toFixed(2)} storage calls and ` +
      `${(changing.cpuInMs / CHANGES).toFixed(2)} ms of CPU per change`,
    goals: [
      { text: 'an idle tick makes no API call', isMet: calls(idle) === 0 },
      {
        text: 'a tick with 1,000 changes makes one list, one PUT per change, and one read for what is listed too long ago',
        isMet: stats.list === 1 && stats.put === CHANGES && stats.get <= CHANGES && stats.changes === CHANGES,
      },
    ],
    columns: ['tick', 'API: lists + reads + PUTs', 'storage calls', 'CPU', 'elapsed'],
    rows: [row('idle', idle), row(`${CHANGES.toLocaleString('en')} changes`, changing)],
    notes: [
      'The fewest calls are one list and one PUT per change. A report whose turn comes more than 5 seconds after the list is',
      'read again by id right before its PUT, so that nobody who changed it meanwhile is overruled.',
      'Storage calls are those to Azurite, a batch counted once. CPU is that of the process of the service alone.',
    ],
  };
}

if (import.meta.main) {
  await runBench(measure);
}
