import type { Outside } from '../../shared/composition/outside.ts';
import { createDice } from './dice.ts';
import {
  BEGIN_MS,
  type History,
  HOUR_IN_MS,
  type Kill,
  MINUTE_IN_MS,
  type Request,
  reportIdOf,
} from './history.ts';
import { createMemoryQueue } from './memoryQueue.ts';
import { createMemorySeen } from './memorySeen.ts';
import { createMemoryTables } from './memoryTables.ts';
import { type Hear, type Product, startProduct } from './product.ts';
import type { Asked, HistoryRecord, Stopped, Told } from './record.ts';
import { onSeededMachine } from './seededMachine.ts';
import { createServiceModel } from './serviceModel.ts';
import { createSimulatedProcess, type SimulatedProcess } from './simulatedProcess.ts';
import { THREW } from './statements.ts';
import { createVirtualTime } from './virtualTime.ts';

/** Ticks come as they are set until so long after the last hold; then less and less, since nothing is to happen any more. */
const WATCHED_FOR_IN_MS = 40 * MINUTE_IN_MS;
const LOOKED_AFTER_FOR_IN_MS = 3 * HOUR_IN_MS;
/** Azure cuts a request after 230 s. */
const REQUEST_LIMIT_IN_MS = 230_000;
const TOKEN_LIVES_IN_MS = HOUR_IN_MS;

interface Running {
  readonly process: SimulatedProcess;
  readonly product: Product;
  isTicking: boolean;
  readonly ended: Promise<'ended'>;
}

/** What was played, and what it left in the storage. */
export interface Played {
  readonly record: HistoryRecord;
  readonly rows: string;
}

/** Plays a history on the real service. The same history gives the same record, byte for byte. */
export function playHistory(history: History): Promise<Played> {
  return onSeededMachine(history.seed, () => play(history));
}

async function play(history: History): Promise<Played> {
  const time = createVirtualTime(BEGIN_MS);
  const service = createServiceModel(history, time);
  const tables = createMemoryTables(time.now);
  const told: Told[] = [];
  const asked: Asked[] = [];
  const stops: Stopped[] = [];
  const endMs = history.quietMs + history.settlesInMs;
  const slots: (Running | null)[] = [];
  const onEnd: (() => void)[] = [];
  let started = 0;

  const hearIn =
    (process: SimulatedProcess): Hear =>
    (name, said) => {
      if (process.isAlive()) tell(process.name, name, said);
    };
  const tell = (process: string, name: string, said: object) => {
    const text = JSON.stringify(said);
    const reportIds = [...new Set(text.match(/b0000000-0000-4000-8000-\d{12}/g) ?? [])];
    told.push({ atMs: time.now(), process, name, reportIds, text });
  };
  const threw = ({ process }: Running, error: unknown) =>
    tell(process.name, THREW, { message: error instanceof Error ? String(error.stack) : String(error) });
  const queue = createMemoryQueue(time, async (message, isPoisoned) => {
    const running = slots.find((one) => one !== null) ?? null;
    if (running === null) throw new Error('no process is there');
    await running.product.work(message, isPoisoned, hearIn(running.process));
  });

  const seen = createMemorySeen();
  const start = (slot: number) => {
    started += 1;
    const process = createSimulatedProcess(`p${started}`, time);
    const outside: Outside = {
      openTable: async (name) => tables.open(name, process.around),
      openQueue: async () => ({
        createIfNotExists: (options) => process.pass(() => queue.createIfNotExists(options)),
        sendMessage: (text, options) => process.pass(() => queue.sendMessage(text, options)),
      }),
      seenReports: {
        read: (key) => process.pass(() => seen.read(key)),
        claim: (key, etag, claimedMs) => process.pass(() => seen.claim(key, etag, claimedMs)),
        write: (key, under, what) => process.pass(() => seen.write(key, under, what)),
      },
      fetchToken: () =>
        process.pass(async () => {
          await time.after(20);
          if (service.canSignIn()) {
            return { ok: true, token: 'token', expiresAtMs: time.now() + TOKEN_LIVES_IN_MS };
          }
          const message = 'the identity gives no token';
          return { ok: false, failure: { code: 'identity_unavailable', message, retryable: true } };
        }),
      transport: {
        prepare: async () => {},
        send: async (request) => {
          const { call, exchange } = await process.request(() => service.send(process.name, request));
          if (exchange.kind === 'answered') call.answeredMs = time.now();
          return exchange;
        },
        close: () => {},
      },
    };
    const dice = createDice(history.seed, process.name);
    const product = startProduct(settingsOf(history), { clock: process.clock, random: dice.random, outside });
    const ended = new Promise<'ended'>((resolve) => {
      onEnd[slot] = () => resolve('ended');
    });
    slots[slot] = { process, product, isTicking: false, ended };
  };
  const stop = ({ process: slot, call, reaches, forInMs, kind }: Kill) => {
    const running = slots[slot];
    if (running === null || running === undefined) return;
    running.process.stopAt({
      calls: call,
      reaches,
      standsForInMs: kind === 'stands' ? forInMs : null,
      onStop: (isAtRequest) => {
        const untilMs = time.now() + forInMs;
        stops.push({ atMs: time.now(), process: running.process.name, untilMs, kind, isAtRequest });
        if (kind === 'stands') return;
        slots[slot] = null;
        onEnd[slot]?.();
        time.at(untilMs, () => start(slot));
      },
    });
  };

  const tick = async () => {
    const running = slots.find((one) => one !== null) ?? null;
    if (running === null || running.isTicking) return;
    running.isTicking = true;
    await running.product.tick(hearIn(running.process)).catch((error: unknown) => threw(running, error));
    running.isTicking = false;
  };
  const ask = async (request: Request, isRepeat: boolean): Promise<void> => {
    const { asks, untilMs, key, includeWindows } = request;
    const reportIds = request.letters.map(reportIdOf);
    const one: Asked = {
      ...{ atMs: time.now(), asks, reportIds, untilMs, includeWindows, isRepeat },
      ...{ answeredMs: null, status: null },
    };
    asked.push(one);
    const slot = (request.process + (isRepeat ? 1 : 0)) % history.processes;
    const running = slots[slot] ?? null;
    const answer =
      running === null
        ? 'ended'
        : await Promise.race([
            running.product
              .ask({ asks, body: bodyOf(request), key }, hearIn(running.process))
              .catch((error: unknown) => {
                threw(running, error);
                return { status: 500, body: null };
              }),
            running.ended,
            time.after(REQUEST_LIMIT_IN_MS).then(() => 'ended' as const),
          ]);
    if (answer === 'ended') {
      if (isRepeat || request.repeatsAfterInMs === null) return;
      await time.after(request.repeatsAfterInMs);
      return ask(request, true);
    }
    one.answeredMs = time.now();
    one.status = answer.status;
    for (const { reportId, outcome } of resultsOf(answer.body)) {
      tell(running?.process.name ?? '', `answered ${outcome}`, { reportId });
    }
  };

  for (let slot = 0; slot < history.processes; slot += 1) start(slot);
  for (let atMs = BEGIN_MS + history.tickInMs; atMs <= endMs; ) {
    time.at(atMs, () => void tick());
    const quietForInMs = atMs - history.quietMs;
    const isLate = quietForInMs >= LOOKED_AFTER_FOR_IN_MS;
    atMs += quietForInMs < WATCHED_FOR_IN_MS ? history.tickInMs : isLate ? 2 * HOUR_IN_MS : 15 * MINUTE_IN_MS;
  }
  for (const human of history.humans) time.at(human.atMs, () => service.act(human));
  for (const request of history.requests) time.at(request.atMs, () => void ask(request, false));
  for (const kill of history.kills) time.at(kill.fromMs, () => stop(kill));
  await time.runUntil(endMs + 10 * MINUTE_IN_MS);
  const { versions, acts, calls } = service;
  return { record: { versions, acts, calls, told, asked, stops, endMs }, rows: tables.dump() };
}

function settingsOf({ tickInMs, windows, maxConcurrency }: History): Readonly<Record<string, string>> {
  const sketches = windows.map(({ name, letters, fromMs, untilMs }) => ({
    name,
    reports: { ids: letters.map(reportIdOf) },
    schedule: { from: new Date(fromMs).toISOString(), to: new Date(untilMs).toISOString() },
  }));
  return {
    MAX_CONCURRENCY: String(maxConcurrency),
    TICK_SCHEDULE: tickInMs === MINUTE_IN_MS ? '0 * * * * *' : `0 */${tickInMs / MINUTE_IN_MS} * * * *`,
    ...(windows.length === 0 ? {} : { MAINTENANCE_WINDOWS: JSON.stringify(sketches) }),
  };
}

function bodyOf({ asks, letters, untilMs, includeWindows }: Request): object {
  const asked = { reportIds: letters.map(reportIdOf), reason: 'simulated' };
  if (asks === 'resume') {
    return { ...asked, includeWindows };
  }
  const until = new Date(untilMs ?? 0).toISOString();
  return asks === 'pause' ? { ...asked, until } : { ...asked, until, allWindows: true };
}

/** The results of an answer, as far as it has any. */
function resultsOf(body: unknown): readonly { readonly reportId: string; readonly outcome: string }[] {
  const results = isObject(body) && Array.isArray(body['results']) ? body['results'] : [];
  return results.flatMap((one: unknown) => {
    const { reportId, outcome } = isObject(one) ? one : {};
    return typeof reportId === 'string' && typeof outcome === 'string' ? [{ reportId, outcome }] : [];
  });
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
