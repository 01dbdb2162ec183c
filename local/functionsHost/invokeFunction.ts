import type {
  CoreInvocationContext,
  InvocationRequest,
  InvocationResponse,
  ProgrammingModel,
  TypedData,
} from './coreTypes.ts';
import type { FunctionApp, RegisteredFunction } from './functionApp.ts';
import type { LogLevel, WriteLog } from './logLine.ts';

/** What the handler gave, or that it (or a hook, or the turning of its result into an answer) threw. */
export type InvocationOutcome =
  | { readonly kind: 'succeeded'; readonly returnValue: TypedData | null }
  | { readonly kind: 'failed' };

/**
 * One invocation, in the worker's order: arguments, hooks `preInvocation`, handler, hooks `postInvocation`, answer.
 * Never rejects; a failure is logged with its stack.
 */
export async function invokeFunction(options: {
  app: FunctionApp;
  registered: RegisteredFunction;
  request: InvocationRequest;
  writeLog: WriteLog;
}): Promise<InvocationOutcome> {
  const { app, registered, request, writeLog } = options;
  const startedAtMs = performance.now();
  const write = (level: LogLevel, message: string) =>
    writeLog({ level, function: registered.metadata.name, invocationId: request.invocationId, message });
  const tellEnd = (end: 'Succeeded' | 'Failed', level: LogLevel) =>
    write(
      level,
      `Executed '${registered.metadata.name}' (${end}, Duration=${Math.round(performance.now() - startedAtMs)}ms)`,
    );
  try {
    const response = await runWithHooks({ app, registered, request, write });
    tellEnd('Succeeded', 'information');
    return { kind: 'succeeded', returnValue: response.returnValue ?? null };
  } catch (error: unknown) {
    write('error', error instanceof Error ? (error.stack ?? error.message) : String(error));
    tellEnd('Failed', 'error');
    return { kind: 'failed' };
  }
}

async function runWithHooks(options: {
  app: FunctionApp;
  registered: RegisteredFunction;
  request: InvocationRequest;
  write: (level: LogLevel, message: string) => void;
}): Promise<InvocationResponse> {
  const { app, registered, request, write } = options;
  const core = createCoreContext({ app, registered, request, write });
  const model = programmingModelOf(app).getInvocationModel(core);
  const { context, inputs } = await model.getArguments();
  const shared = { hookData: {}, appHookData: app.appHookData, invocationContext: context };

  core.state = 'preInvocationHooks';
  const before = { ...shared, inputs, functionCallback: registered.callback };
  await app.runHooks('preInvocation', before);

  core.state = 'invocation';
  const after = {
    ...shared,
    inputs: before.inputs,
    ...(await settle(() => model.invokeFunction(context, before.inputs, before.functionCallback))),
  };

  core.state = 'postInvocationHooks';
  await app.runHooks('postInvocation', after);
  core.state = undefined;
  if (after.error !== null) {
    throw after.error;
  }
  return model.getResponse(context, after.result);
}

async function settle(run: () => Promise<unknown>): Promise<{ result: unknown; error: unknown }> {
  try {
    return { result: await run(), error: null };
  } catch (error: unknown) {
    // A hook may clear `error`, so a handler that throws null must still look like one that threw.
    return { result: null, error: error ?? new Error(`The handler threw ${String(error)}.`) };
  }
}

function createCoreContext(options: {
  app: FunctionApp;
  registered: RegisteredFunction;
  request: InvocationRequest;
  write: (level: LogLevel, message: string) => void;
}): CoreInvocationContext {
  const { app, registered, request, write } = options;
  return {
    invocationId: request.invocationId,
    request,
    metadata: registered.metadata,
    state: undefined,
    log: (level, category, message) => {
      const line = { level, message, category, hookData: {}, appHookData: app.appHookData };
      for (const hook of app.hooks('log')) {
        hook(line);
      }
      write(line.level, line.message);
    },
  };
}

function programmingModelOf(app: FunctionApp): ProgrammingModel {
  if (app.programmingModel === undefined) {
    throw new Error('The app has registered a function but no programming model.');
  }
  return app.programmingModel;
}
