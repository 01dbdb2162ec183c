import { z } from 'zod';

/** How queues are read: `extensions.queues` of host.json. */
export interface QueueOptions {
  /** How many messages are fetched at once, 1 to 32. */
  readonly batchSize: number;
  /** The next batch is fetched when no more than this many messages are still being handled. */
  readonly newBatchThreshold: number;
  /** A message that fails for the time of this number goes to the poison queue. */
  readonly maxDequeueCount: number;
  /** How long a message whose handler failed stays invisible, in seconds. */
  readonly visibilityTimeoutInSeconds: number;
  readonly maxPollingIntervalInMs: number;
  readonly messageEncoding: 'base64' | 'none';
}

const timeSpanPattern = /^(?:(\d+)\.)?(\d{1,2}):(\d{1,2})(?::(\d{1,2}(?:\.\d{1,7})?))?$/;
const timeSpanSchema = z
  .string()
  .regex(timeSpanPattern, 'must be a time span such as 00:00:30')
  .transform(secondsOf);

/** Names, ranges and defaults are those of the real host. Source: Microsoft's page "Azure Queue storage trigger". */
export const queueOptionsSchema = z
  .object({
    batchSize: z.int().min(1).max(32).default(16),
    newBatchThreshold: z.int().min(0).optional(),
    maxDequeueCount: z.int().min(1).default(5),
    visibilityTimeout: timeSpanSchema.default(0),
    maxPollingInterval: timeSpanSchema.default(60),
    messageEncoding: z
      .string()
      .toLowerCase()
      .pipe(z.enum(['base64', 'none']))
      .default('base64'),
  })
  .transform(
    (queues): QueueOptions => ({
      batchSize: queues.batchSize,
      newBatchThreshold: queues.newBatchThreshold ?? Math.floor(queues.batchSize / 2),
      maxDequeueCount: queues.maxDequeueCount,
      visibilityTimeoutInSeconds: Math.ceil(queues.visibilityTimeout),
      maxPollingIntervalInMs: Math.max(100, queues.maxPollingInterval * 1_000),
      messageEncoding: queues.messageEncoding,
    }),
  );

function secondsOf(timeSpan: string): number {
  const [days, hours, minutes, seconds] = (timeSpanPattern.exec(timeSpan) ?? [])
    .slice(1)
    .map((part) => Number(part ?? 0));
  return (((days ?? 0) * 24 + (hours ?? 0)) * 60 + (minutes ?? 0)) * 60 + (seconds ?? 0);
}
