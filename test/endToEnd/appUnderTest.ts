import { type FunctionsHost, startFunctionsHost } from '../../local/functionsHost/startFunctionsHost.ts';
import { expectDocumented } from './expectDocumented.ts';
import { type Problem, problemSchema, type Run, runSchema } from './wireShapes.ts';

/** An answer of the app, its body read. */
export interface Answered {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  readonly json: unknown;
}

/** The built app in a functions host of its own. */
export interface AppUnderTest {
  readonly host: FunctionsHost;
  /** With the function key, unless `key` is another one or null for none. */
  call(
    method: string,
    path: string,
    options?: { body?: unknown; key?: string | null; headers?: Readonly<Record<string, string>> },
  ): Promise<Answered>;
  /** Calls a door and reads its answer as a run; the problem around it is taken off. */
  run(path: string, body?: unknown): Promise<{ readonly status: number; readonly run: Run }>;
  problem(path: string, body: unknown): Promise<Problem>;
  /** Fires the timer by the host's admin door, and waits for its end: the line of the run. */
  tick(): Promise<TickLines>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** How a fired timer ended. */
interface TickLines {
  readonly hasSucceeded: boolean;
  /** The lines that the function wrote, those that are JSON parsed. */
  readonly lines: readonly unknown[];
}

/** Keys of the host, which no line and no answer may show. */
export const hostKeys = { master: 'the-master-key-of-the-host', function: 'the-function-key-of-the-host' };

/** Starts the app; every answer it gives is also handed to `listen`. */
export async function startApp(options: {
  readonly appDirectory: string;
  readonly stateDirectory: string;
  readonly settings: Readonly<Record<string, string>>;
  readonly nodeArguments: readonly string[];
  readonly listen: (text: string) => void;
}): Promise<AppUnderTest> {
  const { appDirectory, stateDirectory, settings, nodeArguments, listen } = options;
  const host = await startFunctionsHost({
    ...{ appDirectory, stateDirectory, settings, nodeArguments },
    keys: hostKeys,
    port: 0,
    nodePath: process.execPath,
  });
  const call: AppUnderTest['call'] = async (
    method,
    path,
    { body, key = hostKeys.function, headers = {} } = {},
  ) => {
    const response = await fetch(`${host.url}${path}`, {
      method,
      headers: key === null ? headers : { ...headers, 'x-functions-key': key },
      body: body === undefined ? null : typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    listen(`${JSON.stringify([...response.headers])} ${text}`);
    await expectDocumented({ method, url: path, status: response.status, headers: response.headers, text });
    return { status: response.status, headers: response.headers, text, json: parseJson(text) };
  };
  return {
    host,
    call,
    run: async (path, body = {}) => {
      const { status, json } = await call('POST', path, { body });
      const problem = problemSchema.safeParse(json);
      return { status, run: runSchema.parse(problem.success ? problem.data.run : json) };
    },
    problem: async (path, body) => {
      const { status, headers, json } = await call('POST', path, { body });
      const problem = problemSchema.parse(json);
      expect([headers.get('content-type'), problem.status]).toEqual(['application/problem+json', status]);
      return problem;
    },
    tick: async () => {
      const firstLine = host.logs.length;
      const ended = lineOf(host, /^Executed 'tick' \((\w+)/);
      const fired = await fetch(`${host.url}/admin/functions/tick`, {
        method: 'POST',
        headers: { 'x-functions-key': hostKeys.master },
        body: '{}',
      });
      expect(fired.status).toBe(202);
      const outcome = await ended;
      const lines = host.logs.slice(firstLine).filter((line) => line.function === 'tick');
      return {
        hasSucceeded: outcome === 'Succeeded',
        lines: lines.map(({ message }) => parseJson(message) ?? message),
      };
    },
    stop: async () => void (await host.stop()),
    kill: async () => void (await host.kill()),
  };
}

function lineOf(host: FunctionsHost, pattern: RegExp): Promise<string | undefined> {
  return new Promise((resolve) => {
    const end = host.onLine(({ message }) => {
      const found = pattern.exec(message);
      if (found !== null) {
        end();
        resolve(found[1]);
      }
    });
  });
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
