/** Tells some process, maybe this one, to go on with a run. At-least-once. */
export interface RunQueue {
  /** @throws what the storage throws. */
  send(runId: string, delayInMs: number): Promise<void>;
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
  return {
    send: async (runId, delayInMs) => {
      opened ??= ready().catch((error: unknown) => {
        opened = null;
        throw error;
      });
      const visibilityTimeout = Math.min(Math.ceil(delayInMs / 1000), MAX_DELAY_IN_SECONDS);
      const text = Buffer.from(JSON.stringify({ runId }), 'utf8').toString('base64');
      await (await opened).sendMessage(text, { visibilityTimeout });
    },
  };
}
