import { randomUUID } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import { describeFunction, type ServedFunction } from './describeFunction.ts';
import { FunctionApp } from './functionApp.ts';
import type { HostedInvocation, StartMessage } from './hostMessages.ts';
import { HostStartError } from './hostStartError.ts';
import { bodyLimitOf } from './httpData.ts';
import { invokeFunction } from './invokeFunction.ts';
import { loadApp } from './loadApp.ts';
import type { WriteLog } from './logLine.ts';
import { provideCoreModule } from './provideCoreModule.ts';
import { readAppFiles } from './readAppFiles.ts';
import { createRequestListener, type Invoke } from './requestListener.ts';
import { settlesWithin } from './settlesWithin.ts';
import { type RunningTriggers, startTriggers } from './startTriggers.ts';
import { traceContextOf } from './traceContext.ts';

const appTerminateLimitInMs = 5_000;

export interface ServedApp {
  readonly url: string;
  readonly functions: readonly ServedFunction[];
  readonly problems: readonly string[];
  /** Ends timers and queues, takes no new request, waits for what runs (bounded), then runs the hooks `appTerminate` (5 s). */
  stop(): Promise<void>;
}

/** Loads the app into this process and serves it on loopback. @throws HostStartError where it cannot. */
export async function serveApp(
  start: StartMessage,
  writeLog: WriteLog,
  onInvoked: (invocation: HostedInvocation) => void,
): Promise<ServedApp> {
  const files = readAppFiles(start.appDirectory);
  const app = new FunctionApp();
  provideCoreModule(app, writeLog);
  await loadApp({ app, appDirectory: start.appDirectory, entryPoints: files.entryPoints });
  const descriptions = [...app.functions.values()].map(({ metadata }) =>
    describeFunction({ metadata, routePrefix: files.routePrefix, settings: process.env }),
  );
  const functions = descriptions.flatMap((description) =>
    description.kind === 'served' ? [description.served] : [],
  );
  const problems = descriptions.flatMap((description) =>
    description.kind === 'notServed' ? [description.problem] : [],
  );

  const running = new Set<Promise<unknown>>();
  const invoke = createInvoke({ app, running, writeLog, onInvoked });
  let triggers: RunningTriggers | undefined;
  let isStopping = false;
  const server = createServer(
    createRequestListener({
      ...{ functions, keys: start.keys, invoke, isStopping: () => isStopping },
      maxBodyInBytes: bodyLimitOf(process.env),
      runByHandOf: (name) => triggers?.runsByHand.get(name),
    }),
  );
  const url = await listen(server, start.port);
  triggers = startTriggers({
    ...{ functions, invoke, writeLog, queueOptions: files.queueOptions },
    ...{ stateDirectory: start.stateDirectory, messageLeaseInSeconds: start.messageLeaseInSeconds },
  });

  return {
    url,
    functions,
    problems,
    stop: async () => {
      isStopping = true;
      const closed = new Promise<void>((resolve) => server.close(() => resolve()));
      const settled = triggers?.stop();
      const isIdle = await settlesWithin(
        Promise.all([closed, settled, Promise.all(running)]),
        start.stopTimeoutInMs,
      );
      if (!isIdle) {
        tell(
          writeLog,
          'warning',
          `${running.size} invocations still run after ${start.stopTimeoutInMs} ms and are cut off.`,
        );
      }
      const terminated = app.runHooks('appTerminate', { hookData: {}, appHookData: app.appHookData });
      if (!(await settlesWithin(terminated, appTerminateLimitInMs))) {
        tell(
          writeLog,
          'warning',
          `The appTerminate hooks still run after ${appTerminateLimitInMs} ms and are cut off.`,
        );
      }
    },
  };
}

function tell(writeLog: WriteLog, level: 'warning', message: string): void {
  writeLog({ level, function: null, invocationId: null, message });
}

function createInvoke(worker: {
  readonly app: FunctionApp;
  readonly running: Set<Promise<unknown>>;
  readonly writeLog: WriteLog;
  readonly onInvoked: (invocation: HostedInvocation) => void;
}): Invoke {
  const { app, running, writeLog, onInvoked } = worker;
  return async ({ served, input, triggerMetadata, headers }) => {
    const registered = app.functions.get(served.description.name);
    if (registered === undefined) {
      return { kind: 'failed' };
    }
    const request = {
      invocationId: randomUUID(),
      inputData: [{ name: served.bindingName, data: input }],
      ...(triggerMetadata !== undefined && { triggerMetadata }),
      traceContext: traceContextOf(headers),
    };
    const startedAtMs = Date.now();
    const invocation = invokeFunction({ app, registered, request, writeLog });
    running.add(invocation);
    const outcome = await invocation;
    running.delete(invocation);
    onInvoked({
      function: served.description.name,
      invocationId: request.invocationId,
      traceParent: request.traceContext.traceParent,
      ...{ startedAtMs, durationInMs: Date.now() - startedAtMs, hasSucceeded: outcome.kind === 'succeeded' },
    });
    return outcome;
  };
}

function listen(server: Server, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    server.once('error', (error) =>
      reject(new HostStartError(`Port ${port} cannot be used: ${error.message}`)),
    );
    server.listen(port, '127.0.0.1', () => {
      const address = server.address();
      resolve(`http://127.0.0.1:${typeof address === 'object' ? address?.port : port}`);
    });
  });
}
