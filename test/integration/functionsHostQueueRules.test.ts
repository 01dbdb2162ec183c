import { decideMessageEnd } from '../../local/functionsHost/handleMessage.ts';
import { queueOptionsSchema } from '../../local/functionsHost/queueOptions.ts';
import { decodeMessage } from '../../local/functionsHost/queueTrigger.ts';

describe('the queue settings of host.json', () => {
  test('have the defaults of the real host', () => {
    expect(queueOptionsSchema.parse({})).toEqual({
      ...{ batchSize: 16, newBatchThreshold: 8, maxDequeueCount: 5, messageEncoding: 'base64' },
      ...{ visibilityTimeoutInSeconds: 0, maxPollingIntervalInMs: 60_000 },
    });
  });

  test.each([
    ['00:01', 60],
    ['00:00:30', 30],
    ['01:02:03', 3_723],
    ['1.00:00:00', 86_400],
    ['00:00:00.5', 1],
  ])('take %s for a visibility timeout of %i seconds', (visibilityTimeout, seconds) => {
    expect(queueOptionsSchema.parse({ visibilityTimeout }).visibilityTimeoutInSeconds).toBe(seconds);
  });

  test.each([
    { batchSize: 0 },
    { batchSize: 33 },
    { maxDequeueCount: 0 },
    { visibilityTimeout: '30' },
    { visibilityTimeout: 30 },
    { messageEncoding: 'base32' },
  ])('are refused where they are %j', (queues) => {
    expect(queueOptionsSchema.safeParse(queues).success).toBe(false);
  });
});

test.each([
  ['eyJhIjoxfQ==', '{"a":1}'],
  ['', ''],
  ['{"a":1}', null],
  ['abc', null],
  ['//79', null],
])('the message %j is read from base64 as %j', (messageText, text) => {
  expect(decodeMessage(messageText, 'base64')).toBe(text);
});

test.each([
  ['succeeded', 5, true, 'delete'],
  ['failed', 4, true, 'retryLater'],
  ['failed', 5, true, 'moveToPoison'],
  ['notHandled', 1, true, 'moveToPoison'],
  ['failed', 1, false, 'leaveInvisible'],
  ['notHandled', 6, false, 'leaveInvisible'],
  ['succeeded', 1, false, 'delete'],
] as const)(
  'a message whose handler %s at the time %i, with a poison queue %p: %s',
  (outcome, dequeueCount, hasPoisonQueue, end) => {
    expect(decideMessageEnd({ outcome, dequeueCount, hasPoisonQueue, maxDequeueCount: 5 })).toBe(end);
  },
);
