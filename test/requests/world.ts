import { randomUUID } from 'node:crypto';
import { setImmediate } from 'node:timers/promises';
import { keyCaller } from '../../shared/callers/caller.ts';
import { compose } from '../../shared/composition/compose.ts';
import type { Composed } from '../../shared/http/composed.ts';
import type { DoorRequest } from '../../shared/http/doorRequest.ts';
import { answer as answerAcknowledge } from '../../shared/routes/acknowledge.ts';
import { answer as answerDrain } from '../../shared/routes/drain.ts';
import { answer as answerEndExemption } from '../../shared/routes/endExemption.ts';
import { answer as answerEndWindow } from '../../shared/routes/endWindow.ts';
import { answer as answerExempt } from '../../shared/routes/exempt.ts';
import { answer as answerExemptions } from '../../shared/routes/exemptions.ts';
import { answer as answerExtendWindow } from '../../shared/routes/extendWindow.ts';
import { answer as answerPause } from '../../shared/routes/pause.ts';
import { answer as answerPlan } from '../../shared/routes/plan.ts';
import { answer as answerReports } from '../../shared/routes/reports.ts';
import { answer as answerResume } from '../../shared/routes/resume.ts';
import { answer as answerRun } from '../../shared/routes/run.ts';
import { answer as answerTickNow } from '../../shared/routes/tickNow.ts';
import { answer as answerWindowReady } from '../../shared/routes/windowReady.ts';
import { goOnWithRun } from '../../shared/runs/queueDoor.ts';
import type { Run } from '../../shared/service/run.ts';
import type { Clock } from '../../shared/time/clock.ts';
import type { Answer } from '../../shared/wire/problem.ts';
import { seededRandom } from '../fakes/seededRandom.ts';
import { createMemorySeen } from '../simulation/memorySeen.ts';
import { createMemoryTables } from '../simulation/memoryTables.ts';
import { createVirtualTime, type VirtualTime } from '../simulation/virtualTime.ts';
import { createInsightsModel } from './insightsModel.ts';

const BEGIN_MS = Date.parse('2026-03-01T11:58:00Z');

export const reportId = (number: number) => `b0000000-0000-4000-8000-${String(number).padStart(12, '0')}`;
export const reportIds = (count: number) => Array.from({ length: count }, (_, at) => reportId(at + 1));

type Ready = Extract<Composed, { ok: true }>;

/** What may happen to one call of the storage: it waits, fails before or after it took effect, or never ends. */
type StorageFate = 'passes' | 'refused' | 'answerLost' | 'never';

export interface StorageCall {
  readonly world: 'table' | 'queue';
  readonly table: string;
}

/** One process of the service. */
export interface ProcessUnderTest {
  readonly composed: Ready;
  /** The path may have a query. */
  post(path: string, body: unknown, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  get(path: string): Promise<Answer>;
  /** Whether the work of a window may begin. */
  ready(window: string): Promise<Answer>;
  /** What a person says of the occurrence of a window. */
  window(
    name: string,
    verb: 'end' | 'extend',
    body: unknown,
    headers?: Readonly<Record<string, string>>,
  ): Promise<Answer>;
  run(runId: string): Promise<Answer>;
  tick(): Promise<Run>;
  /** Decides what becomes of its calls to the storage, before each of them. */
  storage: (call: StorageCall) => StorageFate;
  /** How long a call to the storage takes. */
  storageLatencyInMs: number;
  /** From now on nothing of it goes on, until it is woken: SIGSTOP; for ever: SIGKILL. */
  stop(): void;
  wake(): void;
  readonly lines: string[];
}

class Refused extends Error {
  override readonly name = 'RestError';
  readonly statusCode: number;
  constructor(statusCode: number) {
    super('the storage is out');
    this.statusCode = statusCode;
  }
}

interface Message {
  readonly text: string;
  readonly dueMs: number;
  readonly tries: number;
}

const doors: Readonly<Record<string, (composed: Ready, request: DoorRequest) => Promise<Answer>>> = {
  acknowledge: answerAcknowledge,
  drain: answerDrain,
  exemptions: answerExempt,
  'exemptions told': answerExemptions,
  pause: answerPause,
  plan: answerPlan,
  reports: answerReports,
  resume: answerResume,
  tick: answerTickNow,
};

/** Tables, queue and Insights API in memory, on a time that passes by itself, and processes of the service on them. */
export type World = ReturnType<typeof createWorld>;

export function createWorld(options: { readonly reports: number; readonly startMs?: number }) {
  const time = createVirtualTime(options.startMs ?? BEGIN_MS);
  const tables = createMemoryTables(() => time.now());
  const insights = createInsightsModel(time, reportIds(options.reports));
  const seenReports = createMemorySeen();
  const messages: Message[] = [];
  const polls: (() => void)[] = [];
  const put = (message: Message) => {
    messages.push(message);
    for (const poll of polls) poll();
  };
  const poisoned: string[] = [];
  const blob = { text: '[]', version: 1 };

  const startProcess = (name: string, settings: Readonly<Record<string, string>> = {}): ProcessUnderTest => {
    let stopped: Promise<void> | null = null;
    let wake = () => {};
    const whileAwake = async () => {
      while (stopped !== null) await stopped;
    };
    const around =
      (world: StorageCall['world'], table: string) =>
      async <Value>(call: () => Value): Promise<Value> => {
        await whileAwake();
        const fate = process.storage({ world, table });
        await time.after(process.storageLatencyInMs / 2);
        if (fate === 'refused') throw new Refused(503);
        if (fate === 'never') return new Promise(() => {});
        const value = call();
        await time.after(process.storageLatencyInMs / 2);
        await whileAwake();
        if (fate === 'answerLost') throw new Refused(500);
        return value;
      };
    const clock = clockOf(time, whileAwake);
    const toQueue = around('queue', 'queue');
    const composed = compose(
      {
        TENANT_ID: '11111111-1111-4111-8111-111111111111',
        INSIGHTS_BASE_URL: 'https://api.partnercenter.microsoft.com/insights/v1/mpn',
        AzureWebJobsStorage: 'UseDevelopmentStorage=true',
        TICK_SCHEDULE: '0 * * * * *',
        ...settings,
      },
      {
        clock,
        random: seededRandom(name.length + 7),
        outside: {
          openTable: async (table) => tables.open(table, around('table', table)),
          openQueue: async () => ({
            createIfNotExists: () => toQueue(() => ({})),
            sendMessage: (text, { visibilityTimeout }) =>
              toQueue(() => {
                put({ text, dueMs: time.now() + visibilityTimeout * 1000, tries: 0 });
                return {};
              }),
          }),
          seenReports,
          fetchToken: async () => ({ ok: true, token: 't', expiresAtMs: time.now() + 86_400_000 }),
          transport: {
            prepare: async () => {},
            send: async (request) => {
              await whileAwake();
              const exchange = await insights.send(name, request);
              await whileAwake();
              return exchange;
            },
            close: () => {},
          },
          readWindowsBlob: async () => {
            await whileAwake();
            const { text, version } = blob;
            await time.after(process.storageLatencyInMs);
            await whileAwake();
            return { text, etag: `"${version}"`, modifiedMs: BEGIN_MS + version * 1000 };
          },
        },
      },
    );
    if (!composed.ok) throw new Error(JSON.stringify(composed.problems));
    const lines: string[] = [];
    const tell = (line: string) => void lines.push(line);
    const teller = { info: tell, warn: tell, error: tell };
    const requestOf = (
      path: string,
      body: string,
      headers: Readonly<Record<string, string>> = {},
    ): DoorRequest => ({
      url: new URL(`https://app.example/api/${path}`),
      body: new TextEncoder().encode(body),
      header: (header) => headers[header.toLowerCase()] ?? null,
      teller,
      caller: keyCaller(headers['x-requested-by'] ?? null),
    });
    const call = (path: string, body: string, headers: Readonly<Record<string, string>>) => {
      const request = requestOf(path, body, headers);
      const name = request.url.pathname.replace('/api/', '');
      const ended = /^exemptions\/([^/]+)\/end$/.exec(name)?.[1];
      if (ended !== undefined) return answerEndExemption(composed, request, { exemption: ended });
      const door = doors[body === '' ? `${name} told` : name] ?? doors[name];
      if (door === undefined) throw new Error(`no door ${name}`);
      return door(composed, request);
    };
    const process: ProcessUnderTest = {
      composed,
      lines,
      storage: () => 'passes',
      storageLatencyInMs: 0,
      post: async (path, body, headers = {}) => call(path, JSON.stringify(body), headers),
      get: async (path) => call(path, '', {}),
      window: (window, verb, body, headers) => {
        const answer = verb === 'end' ? answerEndWindow : answerExtendWindow;
        const request = requestOf(`windows/${window}/${verb}`, JSON.stringify(body), headers);
        return answer(composed, request, { window });
      },
      ready: (window) => answerWindowReady(composed, requestOf(`windows/${window}/ready`, '{}'), { window }),
      run: (runId) => answerRun(composed, requestOf(`runs/${runId}`, ''), { runId }),
      tick: () =>
        composed.service.tick({ correlationId: randomUUID(), caller: 'timer', teller, runId: null }),
      stop: () => {
        stopped ??= new Promise((resolve) => {
          wake = resolve;
        });
      },
      wake: () => {
        stopped = null;
        wake();
      },
    };
    const work = async (message: Message) => {
      try {
        await goOnWithRun(composed.runs, JSON.parse(Buffer.from(message.text, 'base64').toString()), teller);
      } catch {
        const tries = message.tries + 1;
        if (tries >= 5) poisoned.push(message.text);
        else put({ ...message, tries, dueMs: time.now() + 30_000 });
      }
    };
    // Polls each second, but only while there is a message: days in which nothing happens cost nothing.
    let isPolling = false;
    const poll = () => {
      if (isPolling || messages.length === 0) return;
      isPolling = true;
      time.at(time.now() + 1_000, () => {
        isPolling = false;
        const at = stopped === null ? messages.findIndex(({ dueMs }) => dueMs <= time.now()) : -1;
        if (at >= 0) for (const message of messages.splice(at, 1)) void work(message);
        poll();
      });
    };
    polls.push(poll);
    poll();
    return process;
  };

  /** Lets time pass until it is settled, or until so long has passed. */
  const settle = async <Value>(work: Promise<Value>, withinMs = 1_800_000): Promise<Value> => {
    let isDone = false;
    const done = work.finally(() => {
      isDone = true;
    });
    done.catch(() => {});
    const untilMs = time.now() + withinMs;
    while (!isDone && time.now() < untilMs) {
      await time.runUntil(time.now() + 50);
      await setImmediate();
    }
    if (!isDone) throw new Error(`not settled within ${withinMs / 1000} s`);
    return done;
  };

  return { time, tables, insights, messages, poisoned, blob, startProcess, settle };
}

function clockOf(time: VirtualTime, whileAwake: () => Promise<void>): Clock {
  return {
    now: time.now,
    sleep: (delayInMs, signal) =>
      new Promise((resolve, reject) => {
        signal.throwIfAborted();
        const cancel = time.at(time.now() + delayInMs, () => {
          signal.removeEventListener('abort', stop);
          void whileAwake().then(resolve);
        });
        const stop = () => {
          cancel();
          reject(signal.reason);
        };
        signal.addEventListener('abort', stop, { once: true });
      }),
  };
}
