// How late begins and ends of windows are, and what being on time costs: a hundred windows of one account, each begun and ended
// once, lived through twice on the same service: with a tick each minute, and with one each five minutes. Ticks come at their
// instants on a clock that jumps to them; what is done in a tick takes the time that it takes. Azurite, the Insights API in another
// process.
import { startAzurite } from '../local/storage/startAzurite.ts';
import { compose } from '../shared/composition/compose.ts';
import { type Clock, systemClock } from '../shared/time/clock.ts';
import type { Measurement } from './measurement.ts';
import { countCalls } from './parts/countCalls.ts';
import { percentile } from './parts/percentile.ts';
import { startInsights } from './parts/startInsights.ts';
import { runBench } from './runBench.ts';

const WINDOWS = 100;
const REPORTS_OF_WINDOW = 5;
const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;

/** A window begins every 6 minutes and lasts 4: so begins and ends fall on every minute that a clock shows. */
const EVERY_MINUTES = 6;
const LASTS_MINUTES = 4;
const GOAL_P99_IN_MS = 30_000;
const quiet = { info: () => {}, warn: () => {}, error: () => {} };

interface Night {
  readonly tickMinutes: number;
  /** From the instant of each begin and end until all its reports were changed and read so. */
  readonly lateInMs: readonly number[];
  readonly hours: number;
  readonly lists: number;
  readonly calls: number;
  readonly changes: number;
  /** Of the ticks that asked the Insights API nothing: how many, and storage calls of all of them. */
  readonly quietTicks: number;
  readonly quietStorageCalls: number;
}

/** Goals: on time within seconds, for no more lists than with a tick each five minutes. */
export async function measure(): Promise<Measurement> {
  const [insights, azurite] = await Promise.all([
    startInsights({
      reports: WINDOWS * REPORTS_OF_WINDOW,
      latencyInMs: 20,
      callsPerSecond: null,
    }),
    startAzurite({ directory: null, nodePath: process.execPath }),
  ]);
  try {
    const { connectionString } = azurite;
    const each = await live({ insights, connectionString, tickMinutes: 1, tenant: 1 });
    const rare = await live({ insights, connectionString, tickMinutes: 5, tenant: 2 });
    return measurementOf(each, rare);
  } finally {
    insights.stop();
    await azurite.stop();
  }
}

async function live(options: {
  readonly insights: Awaited<ReturnType<typeof startInsights>>;
  readonly connectionString: string;
  readonly tickMinutes: number;
  /** Ownership is the tenant's: each night has its own. */
  readonly tenant: number;
}): Promise<Night> {
  const { insights, connectionString, tickMinutes, tenant } = options;
  const tickInMs = tickMinutes * MINUTE_IN_MS;
  const beginMs = (Math.floor(Date.now() / HOUR_IN_MS) + 1) * HOUR_IN_MS;
  const windows = Array.from({ length: WINDOWS }, (_, at) => windowOf(at, beginMs));
  const clock = createJumpingClock(beginMs - tickInMs);
  const { origin, host } = insights;
  Object.assign(process.env, { IDENTITY_ENDPOINT: `${origin}/token`, IDENTITY_HEADER: 'bench' });
  const composed = compose(
    {
      TENANT_ID: `20000000-0000-4000-8000-00000000000${tenant}`,
      ...{ AzureWebJobsStorage: connectionString, EXTRA_API_HOSTS: host },
      INSIGHTS_BASE_URL: `${origin}/night${tenant}/insights/v1/mpn`,
      MAINTENANCE_WINDOWS: JSON.stringify(windows.map(({ sketch }) => sketch)),
      TICK_SCHEDULE: tickMinutes === 1 ? '0 * * * * *' : `0 */${tickMinutes} * * * *`,
    },
    { clock, random: Math.random },
  );
  if (!composed.ok) {
    throw new Error(JSON.stringify(composed.problems));
  }
  await insights.reset();
  const storage = new URL(/TableEndpoint=([^;]+)/.exec(connectionString)?.[1] ?? '').hostname;
  const boundaries = windows.flatMap(({ fromMs, untilMs }) => [fromMs, untilMs]);
  const endMs = Math.max(...boundaries) + 15 * MINUTE_IN_MS;
  const lateInMs: number[] = [];
  let [quietTicks, quietStorageCalls, before] = [0, 0, 0];
  for (let atMs = beginMs; atMs <= endMs; atMs += tickInMs) {
    clock.jumpTo(atMs);
    const counted = countCalls(storage, host);
    const call = { correlationId: crypto.randomUUID(), caller: 'bench', teller: quiet, runId: null };
    const run = await composed.service.tick(call);
    const storageCalls = counted();
    if (run.status !== 'ok') {
      throw new Error(`a tick was ${run.status}: ${JSON.stringify([run.problems, run.results.slice(0, 3)])}`);
    }
    const { list, get, put } = await insights.stats();
    if (list + get + put === before) {
      quietTicks += 1;
      quietStorageCalls += storageCalls;
    }
    before = list + get + put;
    const due = boundaries.filter((one) => atMs - tickInMs < one && one <= atMs);
    lateInMs.push(...due.map((one) => clock.now() - one));
  }
  const { list, changes } = await insights.stats();
  const hours = (endMs - beginMs) / HOUR_IN_MS;
  return { tickMinutes, lateInMs, hours, lists: list, calls: before, changes, quietTicks, quietStorageCalls };
}

/** The time goes on as it does, and jumps forward where it is told to. */
function createJumpingClock(startMs: number): Clock & { jumpTo(atMs: number): void } {
  let aheadInMs = startMs - systemClock.now();
  const now = () => systemClock.now() + aheadInMs;
  return {
    now,
    sleep: systemClock.sleep,
    jumpTo: (atMs) => {
      aheadInMs += Math.max(0, atMs - now());
    },
  };
}

function windowOf(at: number, beginMs: number) {
  const fromMs = beginMs + at * EVERY_MINUTES * MINUTE_IN_MS;
  const untilMs = fromMs + LASTS_MINUTES * MINUTE_IN_MS;
  const ids = Array.from({ length: REPORTS_OF_WINDOW }, (_, one) => {
    return `b0000000-0000-4000-8000-${String(at * REPORTS_OF_WINDOW + one).padStart(12, '0')}`;
  });
  const schedule = { from: new Date(fromMs).toISOString(), to: new Date(untilMs).toISOString() };
  return { fromMs, untilMs, sketch: { name: `window-${at}`, reports: { ids }, schedule } };
}

function measurementOf(each: Night, rare: Night): Measurement {
  const p = (share: number, { lateInMs }: Night) => percentile(lateInMs, share);
  const perHour = (count: number, { hours }: Night) => (count / hours).toFixed(1);
  const wanted = 2 * WINDOWS * REPORTS_OF_WINDOW;
  const ofQuiet = each.quietStorageCalls / Math.max(1, each.quietTicks);
  return {
    name: 'boundary',
    ratio:
      `${each.lateInMs.length} begins and ends, done ${seconds(p(0.5, each))} (p50) and ${seconds(p(0.99, each))} (p99) after their ` +
      `instant, ${seconds(p(0.5, rare))} and ${seconds(p(0.99, rare))} with a tick each five minutes; ` +
      `${perHour(each.calls, each)} calls an hour to ${perHour(rare.calls, rare)}`,
    goals: [
      {
        text: `99 of 100 are done ${GOAL_P99_IN_MS / 1000} s after their instant`,
        isMet: p(0.99, each) <= GOAL_P99_IN_MS && each.changes === wanted,
      },
      {
        text: 'a tick that asks the Insights API nothing makes at most 4 storage calls',
        isMet: each.quietTicks > 0 && ofQuiet <= 4,
      },
    ],
    columns: [
      ...['a tick each', 'lateness p50', 'p99', 'most', 'changes', 'API calls an hour', 'of these lists'],
      ...['ticks without one', 'storage calls of each of those'],
    ],
    rows: [each, rare].map((night) => [
      ...[night.tickMinutes === 1 ? 'minute' : `${night.tickMinutes} minutes`],
      ...[seconds(p(0.5, night)), seconds(p(0.99, night)), seconds(Math.max(...night.lateInMs))],
      ...[String(night.changes), perHour(night.calls, night), perHour(night.lists, night)],
      String(night.quietTicks),
      (night.quietStorageCalls / Math.max(1, night.quietTicks)).toFixed(1),
    ]),
    notes: [
      `${WINDOWS} windows of ${REPORTS_OF_WINDOW} reports, one every ${EVERY_MINUTES} minutes for ${LASTS_MINUTES}; done is when the tick that acts on it has ended, each change read by id.`,
      'With a tick each five minutes what is due between two of them waits, and one look serves what came together: that is where its fewer lists come from.',
    ],
  };
}

function seconds(inMs: number): string {
  return `${(inMs / 1000).toFixed(1)} s`;
}

if (import.meta.main) {
  await runBench(measure);
}
