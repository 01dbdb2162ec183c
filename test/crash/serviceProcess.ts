// The entry of a child process: the real service, composed from the environment, on a clock that the parent tells.
import { flushCompileCache } from 'node:module';
import { compose } from '../../shared/composition/compose.ts';
import { type News, orderSchema, toldRunSchema, type Work } from './messages.ts';
import { runWork } from './runWork.ts';
import { createToldClock } from './toldClock.ts';

const tell = (news: News) => process.send?.(news);
const clock = createToldClock(Number(process.env['TEST_NOW_MS']), (dueMs) => tell({ kind: 'sleeps', dueMs }));
const composed = compose(process.env, { clock, random: () => 0.5 });

async function work(workId: number, what: Work): Promise<void> {
  try {
    const run = await runWork(composed, what);
    tell({ kind: 'done', workId, run: toldRunSchema.parse(run) });
  } catch (error) {
    tell({ kind: 'failed', workId, message: error instanceof Error ? String(error.stack) : String(error) });
  }
}

process.on('message', (message) => {
  const order = orderSchema.parse(message);
  if (order.kind === 'clock') {
    clock.tell(order.nowMs);
    tell({ kind: 'clockSet' });
  } else {
    void work(order.workId, order.work);
  }
});
process.once('disconnect', () => process.exit(0));
// Loaded ahead, so that the time until the first request is not spent while the test waits.
void Promise.all([import('@azure/data-tables'), import('@azure/identity'), import('axios')]).then(() => {
  // A process that is killed would not leave its compiled code for the next one.
  flushCompileCache();
  tell({ kind: 'ready' });
});
