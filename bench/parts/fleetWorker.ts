// One instance of the app as the scale controller would start it: takes messages of the run queue and works on them.
import { QueueClient } from '@azure/storage-queue';
import { goOnWithRun } from '../../shared/runs/queueDoor.ts';
import { RUN_QUEUE } from '../../shared/runs/runQueue.ts';
import { composeBench } from './composeBench.ts';
import type { FleetOptions } from './startFleetWorker.ts';

const options: FleetOptions = JSON.parse(process.argv[2] ?? '');
/** As the app's host.json has it. */
const MESSAGES_AT_ONCE = 4;
/** How soon the messages of a killed process come back; the real host takes ten minutes at most. */
const MESSAGE_LEASE_IN_SECONDS = 60;
const IDLE_IN_MS = 100;

const bench = composeBench({ ...options, connectionString: options.connectionString }, options.accounts, {
  withWindows: true,
});
const queue = new QueueClient(options.connectionString, RUN_QUEUE);

async function work(): Promise<void> {
  const { receivedMessageItems } = await queue.receiveMessages({
    visibilityTimeout: MESSAGE_LEASE_IN_SECONDS,
  });
  const [message] = receivedMessageItems;
  if (message === undefined) {
    return new Promise((resolve) => setTimeout(resolve, IDLE_IN_MS));
  }
  const body = JSON.parse(Buffer.from(message.messageText, 'base64').toString('utf8'));
  process.send?.({ account: body.account, isDone: false });
  let hasRun = false;
  const tell = (line: string) => {
    hasRun ||= line.includes('"RunFinished"');
  };
  await goOnWithRun(bench.runs, body, { info: tell, warn: tell, error: tell });
  if (hasRun) process.send?.({ account: body.account, isDone: true });
  // Where it took longer than the message's lease, the message has come back already, and finds its work done.
  await queue.deleteMessage(message.messageId, message.popReceipt).catch(() => {});
}

process.once('disconnect', () => process.exit(0));
process.send?.({ ready: true });
process.once('message', () => {
  for (let at = 0; at < MESSAGES_AT_ONCE; at += 1) {
    void (async () => {
      for (;;) await work();
    })();
  }
});
