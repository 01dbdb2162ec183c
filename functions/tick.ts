import { randomUUID } from 'node:crypto';
import { app } from '@azure/functions';
import { tickScheduleFromEnvironment } from '../shared/composition/registration.ts';
import { configInvalid } from './configInvalid.ts';
import { tellerOf } from './tellerOf.ts';

app.timer('tick', {
  schedule: tickScheduleFromEnvironment(),
  handler: async (_timer, context) => {
    const { serviceFromEnvironment } = await import('../shared/composition/service.ts');
    const composed = serviceFromEnvironment();
    if (!composed.ok) {
      throw new Error(configInvalid(composed));
    }
    const correlationId = randomUUID();
    const run = await composed.service.tick({
      correlationId,
      caller: 'timer',
      teller: tellerOf(context),
      runId: null,
    });
    if (run.status === 'failed') {
      throw new Error(`tick failed: run ${run.runId}, correlation ${correlationId}`);
    }
  },
});
