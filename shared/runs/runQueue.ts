import { currentTraceParent } from '../telemetry/trace.ts';

/** Tells some process, maybe this one, to go on with a run. At-least-once. */
export interface RunQueue {
  /** @throws what the storage throws. */
  send(runId: string, delayInMs: number): Promise<void>;
  /** The same for an account that a tick left to a driver. */
  sendDriver(account: string, delayInMs: number): Promise<void>;
}

/** The queue that the function `work` listens to. */
export const RUN_QUEUE = 'intermission-runs';

/** A message may stay invisible for seven days at most. Source: "Put Message". */
const MAX_DELAY_IN_SECONDS = 7 * 86_400;

/** What is needed of the SDK's client of one queue. */
export interface QueueClient {
  createIfNotExists(): Promise<unknown>;
  sendMessage(text: string, options: { visibilityTimeout: number }): Promise<unknown>;
}

/** The queue in the app's storage; opened at the first message. Messages are base64, as the trigger reads them by default. */
export function createRunQueue(open: () => Promise<QueueClient>): RunQueue {
  let opened: Promise<QueueClient> | null = null;
  const ready = async () => {
    const client = await open();
    await client.createIfNotExists();
    return client;
  };
  const put = async (message: object, delayInMs: number) => {
    opened ??= ready().catch((error: unknown) => {
      opened = null;
      throw error;
    });
    const visibilityTimeout = Math.min(Math.ceil(delayInMs / 1000), MAX_DELAY_IN_SECONDS);
    const traceParent = currentTraceParent();
    // So that what another invocation goes on with belongs to the same operation in Application Insights.
    const whole = traceParent === null ? message : { ...message, traceParent };
    const text = Buffer.from(JSON.stringify(whole), 'utf8').toString('base64');
    await (await opened).sendMessage(text, { visibilityTimeout });
  };
  return {
    send: (runId, delayInMs) => put({ runId }, delayInMs),
    sendDriver: (account, delayInMs) => put({ account }, delayInMs),
  };
}
