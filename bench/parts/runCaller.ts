import { fork } from 'node:child_process';
import { join } from 'node:path';
import { z } from 'zod';

/** One way to pause many reports, and how. */
export interface CallerOptions {
  /**
   * `service` is the whole product with its ledger, `client` its HTTP client alone; the others are peers: `same` makes the calls of
   * `service` by fetch, the rest one PUT for each report.
   */
  readonly way: 'service' | 'client' | 'same' | 'fetch' | 'axios' | 'http';
  readonly origin: string;
  /** Azurite; only `service` needs it. */
  readonly connectionString: string;
  readonly count: number;
  readonly concurrency: number;
  readonly callsPerSecond: number | null;
  /** Reports of another account that are paused before the time begins to count, so that all begin with warm code. */
  readonly warmUp: number;
}

const resultShape = z.object({ elapsedInMs: z.number(), cpuInMs: z.number(), peakRssInMb: z.number() });

export type CallerResult = z.infer<typeof resultShape>;

/** Runs it in a process of its own. @throws Error where it fails. */
export function runCaller(options: CallerOptions): Promise<CallerResult> {
  const child = fork(join(process.cwd(), 'bench/parts/callers.ts'), [JSON.stringify(options)], {
    execArgv: ['--disable-warning=ExperimentalWarning'],
  });
  return new Promise((resolve, reject) => {
    child.once('message', (message) => resolve(resultShape.parse(message)));
    child.once('exit', (code) => reject(new Error(`${options.way} ended with exit code ${code}`)));
  });
}
