import type { QueueClient } from '../../shared/runs/runQueue.ts';
import type { VirtualTime } from './virtualTime.ts';

/** Does the work of one message; resolves when it is done, rejects where it failed. */
export type Deliver = (message: unknown, isPoisoned: boolean) => Promise<void>;

/** A message that failed so often is given up. Source: host.json. */
const MAX_DELIVERIES = 5;
const AGAIN_AFTER_FAILURE_IN_MS = 30_000;
/** The lock of a message whose process ended is over after so long. */
const LOCKED_FOR_IN_MS = 600_000;
const POLLED_AFTER_IN_MS = 500;

/** The run queue, with the trigger that hands its messages to whatever process is there. At-least-once. */
export function createMemoryQueue(time: VirtualTime, deliver: Deliver): QueueClient {
  const hand = async (message: unknown, deliveries: number): Promise<void> => {
    const isPoisoned = deliveries > MAX_DELIVERIES;
    const outcome = await Promise.race([
      deliver(message, isPoisoned).then(
        () => 'done' as const,
        () => 'failed' as const,
      ),
      time.after(LOCKED_FOR_IN_MS).then(() => 'lost' as const),
    ]);
    if (outcome === 'done' || isPoisoned) return;
    const delayInMs = outcome === 'failed' ? AGAIN_AFTER_FAILURE_IN_MS : 0;
    time.at(time.now() + delayInMs, () => void hand(message, deliveries + 1));
  };
  return {
    createIfNotExists: async () => {},
    sendMessage: async (text, { visibilityTimeout }) => {
      const message: unknown = JSON.parse(Buffer.from(text, 'base64').toString('utf8'));
      time.at(time.now() + visibilityTimeout * 1_000 + POLLED_AFTER_IN_MS, () => void hand(message, 1));
    },
  };
}
