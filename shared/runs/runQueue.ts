import { guard } from '../ledger/tables.ts';
import { currentTraceParent } from '../telemetry/trace.ts';
import { STORAGE_LIMIT_IN_MS, within } from '../time/within.ts';

/** Tells some process, maybe this one, to go on with a run. At-least-once. */
export interface RunQueue {
  /** @throws LedgerError where the queue takes no message. */
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
  createIfNotExists(options: { abortSignal: AbortSignal }): Promise<unknown>;
  sendMessage(
    text: string,
    options: { visibilityTimeout: number; abortSignal: AbortSignal },
  ): Promise<unknown>;
}

/** The queue in the app's storage; opened at the first message. Messages are base64, as the trigger reads them by default. */
export function createRunQueue(open: () => Promise<QueueClient>, limitInMs = STORAGE_LIMIT_IN_MS): RunQueue {
  let opened: Promise<QueueClient> | null = null;
  const ready = async () => {
    const client = await open();
    await within(limitInMs, (abortSignal) => client.createIfNotExists({ abortSignal }));
    return client;
  };
  const put = async (message: object, delayInMs: number) => {
    const visibilityTimeout = Math.min(Math.ceil(delayInMs / 1000), MAX_DELAY_IN_SECONDS);
    const traceParent = currentTraceParent();
    // So that what another invocation goes on with belongs to the same operation in Application Insights.
    const whole = traceParent === null ? message : { ...message, traceParent };
    const text = Buffer.from(JSON.stringify(whole), 'utf8').toString('base64');
    await guard('put a message into the queue', async () => {
      opened ??= ready().catch((error: unknown) => {
        opened = null;
        throw error;
      });
      const client = await opened;
      await within(limitInMs, (abortSignal) => client.sendMessage(text, { visibilityTimeout, abortSignal }));
    });
  };
  return {
    send: (runId, delayInMs) => put({ runId }, delayInMs),
    sendDriver: (account, delayInMs) => put({ account }, delayInMs),
  };
}
