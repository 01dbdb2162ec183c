import { fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

/** What an instance works on. */
export interface FleetOptions {
  readonly origin: string;
  readonly connectionString: string;
  readonly accounts: readonly string[];
  readonly concurrency: number;
  readonly callsPerSecond: number;
}

/** An instance in a process of its own. */
export interface FleetWorker {
  begin(): void;
  /** SIGKILL, in the middle of whatever it does. */
  kill(): void;
}

const newsShape = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ account: z.string(), isDone: z.boolean() }),
]);

/** Resolves when it is ready to begin; `onWork` hears of each account that it takes, and of those on which it ended a run. */
export function startFleetWorker(
  options: FleetOptions,
  onWork: (account: string, isDone: boolean) => void,
): Promise<FleetWorker> {
  const child = fork(join(process.cwd(), 'bench/parts/fleetWorker.ts'), [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise((resolve, reject) => {
    child.once('exit', (code) => reject(new Error(`an instance ended with exit code ${code}`)));
    child.on('message', (message) => {
      const news = newsShape.parse(message);
      if ('account' in news) return onWork(news.account, news.isDone);
      resolve({ begin: () => void child.send('begin'), kill: () => void child.kill('SIGKILL') });
    });
  });
}
