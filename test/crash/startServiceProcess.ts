import { fork } from 'node:child_process';
import { dirname } from 'node:path';
import { type News, newsSchema, type Order, type ToldRun, type Work } from './messages.ts';

/** A process that runs the service, until it is killed. */
export interface ServiceProcess {
  /** Resolves with the run; with null where the process ended first. @throws Error where the service threw. */
  work(work: Work): Promise<ToldRun | null>;
  /** Resolves when the process has the new time. */
  setClock(nowMs: number): Promise<void>;
  /** SIGKILL; resolves when it is gone. */
  kill(): Promise<void>;
}

/** Starts it and waits until it takes orders. */
export async function startServiceProcess(options: {
  readonly path: string;
  readonly environment: Readonly<Record<string, string>>;
  readonly nowMs: number;
  /** A wait began; it ends when the clock is set to that time. */
  readonly onSleep?: (dueMs: number) => void;
}): Promise<ServiceProcess> {
  const child = fork(options.path, [], {
    env: {
      ...options.environment,
      TEST_NOW_MS: String(options.nowMs),
      NODE_COMPILE_CACHE: dirname(options.path),
    },
    execArgv: ['--no-warnings'],
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  const exited = new Promise<null>((resolve) => child.once('exit', () => resolve(null)));
  const waiting = new Map<number, { resolve(run: ToldRun): void; reject(error: Error): void }>();
  const clockWaiters: (() => void)[] = [];
  let lastWorkId = 0;
  // An order to a process that has just been killed is no failure: `exited` tells.
  const order = (one: Order) => child.send(one, () => {});
  child.on('error', () => {});

  const ready = new Promise<void>((resolve) => {
    const hear = (news: News) => {
      switch (news.kind) {
        case 'ready':
          return resolve();
        case 'clockSet':
          return clockWaiters.shift()?.();
        case 'sleeps':
          return options.onSleep?.(news.dueMs);
        case 'done':
          return waiting.get(news.workId)?.resolve(news.run);
        case 'failed':
          return waiting.get(news.workId)?.reject(new Error(news.message));
      }
    };
    child.on('message', (message) => hear(newsSchema.parse(message)));
  });
  if ((await Promise.race([ready.then(() => 'ready'), exited])) === null) {
    throw new Error('the service process ended before it took orders');
  }
  return {
    work: (work) => {
      lastWorkId += 1;
      const workId = lastWorkId;
      const done = new Promise<ToldRun>((resolve, reject) => waiting.set(workId, { resolve, reject }));
      order({ kind: 'work', workId, work });
      return Promise.race([done, exited]);
    },
    setClock: async (nowMs) => {
      const set = new Promise<void>((resolve) => clockWaiters.push(resolve));
      order({ kind: 'clock', nowMs });
      await Promise.race([set, exited]);
    },
    kill: async () => {
      child.kill('SIGKILL');
      await exited;
    },
  };
}
