import { type ChildProcess, fork } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import {
  type HostedFunction,
  type HostedInvocation,
  type MessageFromHost,
  type MessageToHost,
  messageFromHostSchema,
} from './hostMessages.ts';
import type { HostKeys } from './isAuthorized.ts';
import { type LogLevel, type LogLine, parseLogLine } from './logLine.ts';

/** How the process ended: one of the two is null. */
interface HostExit {
  readonly exitCode: number | null;
  readonly signal: string | null;
}

/** An app that is served in a process of its own. */
export interface FunctionsHost {
  /** No slash at the end. */
  readonly url: string;
  readonly functions: readonly HostedFunction[];
  /** What the app has registered and the host does not serve, a sentence each. */
  readonly problems: readonly string[];
  /** The last 10,000 lines, oldest first. */
  readonly logs: readonly LogLine[];
  /** @returns what ends the calls. */
  onLine(listener: (line: LogLine) => void): () => void;
  /** Told of each invocation when it is over. @returns what ends the calls. */
  onInvoked(listener: (invocation: HostedInvocation) => void): () => void;
  /** Lets what runs end, then the exit code; null where it had to be killed. */
  stop(): Promise<number | null>;
  /** Ends it at once, as a crash of the machine would. */
  kill(): Promise<HostExit>;
  readonly exited: Promise<HostExit>;
}

export interface FunctionsHostOptions {
  /** Where `host.json` and `package.json` are; absolute. */
  readonly appDirectory: string;
  /** The whole environment of the app, beside PATH and HOME. */
  readonly settings: Readonly<Record<string, string>>;
  readonly keys: HostKeys;
  /** 0 for any free one. */
  readonly port: number;
  /** Where timers remember when they are due. */
  readonly stateDirectory: string;
  /** The Node binary that runs the app. */
  readonly nodePath: string;
  readonly nodeArguments: readonly string[];
  /** How long a stop waits for running invocations; 10 s when absent. */
  readonly stopTimeoutInMs?: number;
  /** How long a queue's message stays invisible after a kill, at least 1; when absent, 600 as in the real host. */
  readonly messageLeaseInSeconds?: number;
  /** The child's entry; when absent, the one below the current directory. */
  readonly hostEntry?: string;
}

const keptLines = 10_000;
const killMarginInMs = 7_000;

/**
 * Starts an app and resolves when it serves.
 * @throws Error whose message says why the app could not be started, in a sentence where the host knows it.
 */
export async function startFunctionsHost(options: FunctionsHostOptions): Promise<FunctionsHost> {
  const stopTimeoutInMs = options.stopTimeoutInMs ?? 10_000;
  const child = forkHost(options);
  const exited = new Promise<HostExit>((resolve) => {
    // `close` and not `exit`: the last lines are read by then.
    child.once('close', (exitCode, signal) => resolve({ exitCode, signal }));
  });
  const { logs, lines } = collectLines(child);
  const ready = waitUntilReady(child, exited);
  send(child, {
    kind: 'start',
    appDirectory: options.appDirectory,
    stateDirectory: options.stateDirectory,
    port: options.port,
    keys: { ...options.keys },
    stopTimeoutInMs,
    messageLeaseInSeconds: options.messageLeaseInSeconds ?? 600,
  });
  const { url, functions, problems } = await ready;
  return {
    url,
    functions,
    problems,
    logs,
    exited,
    onLine: (listener) => {
      lines.on('line', listener);
      return () => lines.off('line', listener);
    },
    onInvoked: (listener) => {
      const hear = (raw: unknown) => {
        const message = messageFromHostSchema.parse(raw);
        if (message.kind === 'invoked') {
          listener(message.invocation);
        }
      };
      child.on('message', hear);
      return () => child.off('message', hear);
    },
    stop: async () => {
      send(child, { kind: 'stop' });
      const killer = setTimeout(() => child.kill('SIGKILL'), stopTimeoutInMs + killMarginInMs);
      const { exitCode } = await exited;
      clearTimeout(killer);
      return exitCode;
    },
    kill: () => {
      child.kill('SIGKILL');
      return exited;
    },
  };
}

function forkHost(options: FunctionsHostOptions): ChildProcess {
  const { PATH, HOME } = process.env;
  return fork(options.hostEntry ?? join(process.cwd(), 'local/functionsHost/main.ts'), [], {
    execPath: options.nodePath,
    execArgv: ['--disable-warning=ExperimentalWarning', ...options.nodeArguments],
    env: { ...(PATH !== undefined && { PATH }), ...(HOME !== undefined && { HOME }), ...options.settings },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Out of the terminal's process group: Ctrl-C reaches the parent only, which then stops things in order.
    detached: true,
  });
}

function send(child: ChildProcess, message: MessageToHost): void {
  if (child.connected) {
    child.send(message, () => {});
  }
}

function collectLines(child: ChildProcess): { logs: LogLine[]; lines: EventEmitter<{ line: [LogLine] }> } {
  const logs: LogLine[] = [];
  const lines = new EventEmitter<{ line: [LogLine] }>();
  const collect = (stream: Readable | null, levelOfPlainText: LogLevel) => {
    if (stream !== null) {
      createInterface({ input: stream }).on('line', (text) => {
        const line = parseLogLine(text, levelOfPlainText);
        logs.push(line);
        logs.splice(0, logs.length - keptLines);
        lines.emit('line', line);
      });
    }
  };
  collect(child.stdout, 'information');
  collect(child.stderr, 'warning');
  return { logs, lines };
}

function waitUntilReady(
  child: ChildProcess,
  exited: Promise<HostExit>,
): Promise<Extract<MessageFromHost, { kind: 'ready' }>> {
  return new Promise((resolve, reject) => {
    let reason: string | undefined;
    child.once('error', (error) =>
      reject(new Error(`The functions host cannot be started: ${error.message}`)),
    );
    child.once('message', (raw) => {
      const message = messageFromHostSchema.parse(raw);
      if (message.kind === 'ready') {
        resolve(message);
      } else if (message.kind === 'failed') {
        reason = message.message;
      }
    });
    void exited.then(({ exitCode, signal }) => {
      const end = `The functions host ended before it served (exit code ${exitCode}, signal ${signal}).`;
      reject(new Error(reason ?? end));
    });
  });
}
