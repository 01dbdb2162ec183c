import type { ServedFunction } from './describeFunction.ts';
import type { WriteLog } from './logLine.ts';
import type { QueueOptions } from './queueOptions.ts';
import { manualTrigger, type QueueTriggerData } from './queueTrigger.ts';
import type { Invoke } from './requestListener.ts';
import { startQueue } from './startQueue.ts';
import { startTimer } from './startTimer.ts';
import { systemTimerClock } from './timerClock.ts';
import { timerInput } from './timerInput.ts';
import { createTimerStatusFile } from './timerStatus.ts';

/** Runs a function now, with the text that its caller gave. Never rejects. */
export type RunByHand = (input: string) => Promise<void>;

/** What fires without a request: the timers and the queues. */
export interface RunningTriggers {
  /** By function name. */
  readonly runsByHand: ReadonlyMap<string, RunByHand>;
  /** Nothing new begins from now on; resolves when every message of a queue that was fetched is settled. */
  stop(): Promise<void>;
}

/** Starts the timers and queues among the functions. */
export function startTriggers(options: {
  functions: readonly ServedFunction[];
  invoke: Invoke;
  stateDirectory: string;
  queueOptions: QueueOptions;
  messageLeaseInSeconds: number;
  writeLog: WriteLog;
}): RunningTriggers {
  const runsByHand = new Map<string, RunByHand>();
  const stops: (() => Promise<void> | void)[] = [];
  for (const served of options.functions) {
    const started =
      served.trigger.kind === 'timer'
        ? startTimerOf(served, served.trigger, options)
        : served.trigger.kind === 'queue'
          ? startQueueOf(served, served.trigger, options)
          : null;
    if (started !== null) {
      runsByHand.set(served.description.name, started.runByHand);
      stops.push(started.stop);
    }
  }
  return {
    runsByHand,
    stop: async () => {
      await Promise.all(stops.map((stop) => stop()));
    },
  };
}

interface StartedTrigger {
  readonly runByHand: RunByHand;
  readonly stop: () => Promise<void> | void;
}

type TriggerOf<Kind> = Extract<ServedFunction['trigger'], { kind: Kind }>;

function startTimerOf(
  served: ServedFunction,
  trigger: TriggerOf<'timer'>,
  { invoke, stateDirectory }: { invoke: Invoke; stateDirectory: string },
): StartedTrigger {
  return startTimer({
    ...trigger,
    ...(isDisabled(served) ? { schedule: { nextAfter: () => null }, runOnStartup: false } : {}),
    store: createTimerStatusFile(stateDirectory, served.description.name),
    clock: systemTimerClock,
    run: async (run) => {
      await invoke({ served, input: timerInput(run), headers: {} });
    },
  });
}

/** An app setting keeps a function from its trigger; by hand it runs all the same. Source: "How to disable functions". */
function isDisabled({ description }: ServedFunction): boolean {
  return /^(?:true|1)$/i.test(process.env[`AzureWebJobs.${description.name}.Disabled`] ?? '');
}

function startQueueOf(
  served: ServedFunction,
  trigger: TriggerOf<'queue'>,
  options: { invoke: Invoke; queueOptions: QueueOptions; messageLeaseInSeconds: number; writeLog: WriteLog },
): StartedTrigger {
  const { invoke, queueOptions, messageLeaseInSeconds, writeLog } = options;
  const run = async (data: QueueTriggerData) => (await invoke({ served, ...data, headers: {} })).kind;
  const queue = startQueue({
    ...{ connectionString: trigger.connectionString, queueName: trigger.queueName, queueOptions, run },
    leaseInSeconds: messageLeaseInSeconds,
    tell: (level, message) =>
      writeLog({ level, function: served.description.name, invocationId: null, message }),
  });
  return {
    runByHand: async (input) => {
      await run(manualTrigger(input, systemTimerClock.nowMs()));
    },
    stop: queue.stop,
  };
}
