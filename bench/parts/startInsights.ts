import { type ChildProcess, fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

/** How the service behaves. */
export interface InsightsOptions {
  /** Of each account; an account is whatever the first part of the path names. */
  readonly reports: number;
  readonly latencyInMs: number;
  /** More calls of one account in any second are answered with 429 and `Retry-After: 1`; null allows all. */
  readonly callsPerSecond: number | null;
}

const statsShape = z.object({
  ...{ list: z.number(), get: z.number(), put: z.number(), refused: z.number() },
  /** Changes of a report's status. */
  changes: z.number(),
  /** The most calls of one account that were allowed within a second. */
  mostInASecond: z.number(),
  ...{ firstMs: z.number(), lastMs: z.number() },
});

/** What the service was asked for. */
export type InsightsStats = z.infer<typeof statsShape>;

/** The service in a process of its own. */
export interface BenchInsights {
  readonly origin: string;
  readonly host: string;
  /** What was asked for since the last reset. */
  stats(): Promise<InsightsStats>;
  /** All reports active and nothing counted. */
  reset(): Promise<void>;
  stop(): void;
}

export async function startInsights(options: InsightsOptions): Promise<BenchInsights> {
  const child = fork(join(process.cwd(), 'bench/parts/serveInsights.ts'), [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  const { port } = z.object({ port: z.number() }).parse(await next(child));
  const ask = async (order: string) => {
    child.send(order);
    return z.object({ stats: statsShape }).parse(await next(child)).stats;
  };
  return {
    origin: `http://127.0.0.1:${port}`,
    host: `127.0.0.1:${port}`,
    stats: () => ask('stats'),
    reset: async () => void (await ask('reset')),
    stop: () => child.kill(),
  };
}

function next(child: ChildProcess): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const onExit = () => reject(new Error('the process of the service ended'));
    child.once('exit', onExit);
    child.once('message', (message) => {
      child.off('exit', onExit);
      resolve(message);
    });
  });
}
