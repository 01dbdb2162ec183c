/**
 * The functions host as a process of its own: a small stand-in for the Azure Functions host and its Node.js worker, for
 * development and tests. It serves HTTP, timer and storage queue triggers of a CommonJS app. It leaves out: other triggers, input and
 * output bindings, keys per function, function time-outs, retries, HTTP streaming, ES modules.
 *
 * It is started by `startFunctionsHost` with an IPC channel; its environment is the app's settings and nothing else.
 */
import { type MessageFromHost, messageToHostSchema, type StartMessage } from './hostMessages.ts';
import { HostStartError } from './hostStartError.ts';
import { writeLogToStdout } from './logLine.ts';
import { type ServedApp, serveApp } from './serveApp.ts';

let starting: Promise<ServedApp> | undefined;
let isStopping = false;

function say(level: 'information' | 'warning' | 'error', message: string): void {
  writeLogToStdout({ level, function: null, invocationId: null, message });
}

function tellParent(message: MessageFromHost): Promise<void> {
  return new Promise((resolve) => {
    if (process.connected) {
      process.send?.(message, undefined, undefined, () => resolve());
    } else {
      resolve();
    }
  });
}

async function start(message: StartMessage): Promise<void> {
  try {
    process.chdir(message.appDirectory);
    starting = serveApp(message, writeLogToStdout, (invocation) => {
      void tellParent({ kind: 'invoked', invocation });
    });
    const { url, functions, problems } = await starting;
    for (const problem of problems) {
      say('error', problem);
    }
    await tellParent({
      kind: 'ready',
      url,
      functions: functions.map(({ description }) => description),
      problems: [...problems],
    });
  } catch (error: unknown) {
    const reason = error instanceof HostStartError ? error.message : errorText(error);
    say('error', reason);
    await tellParent({ kind: 'failed', message: reason });
    process.exit(1);
  }
}

async function stop(): Promise<void> {
  if (!isStopping) {
    isStopping = true;
    await (await starting)?.stop();
    process.exit(0);
  }
}

function errorText(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

// As in the real worker: whatever nobody caught ends the process and every invocation in it.
process.on('uncaughtException', (error) => {
  say('error', `The worker ends, nobody caught: ${errorText(error)}`);
  process.exit(1);
});
process.on('SIGTERM', stop);
process.on('disconnect', stop);
process.on('message', (raw) => {
  const message = messageToHostSchema.parse(raw);
  void (message.kind === 'start' ? start(message) : stop());
});
