import { randomUUID } from 'node:crypto';
import { app } from '@azure/functions';
import { tickScheduleFromEnvironment } from '../shared/composition/registration.ts';
import { configInvalid } from './configInvalid.ts';
import { recorded } from './recorded.ts';

app.timer('tick', {
  schedule: tickScheduleFromEnvironment(),
  handler: async (_timer, context) => {
    const service = await import('../shared/composition/service.ts');
    const composed = service.serviceFromEnvironment();
    if (!composed.ok) {
      throw new Error(configInvalid(composed));
    }
    const correlationId = randomUUID();
    const run = await recorded(service, composed, { context, hasCaller: false }, (teller) =>
      composed.service.tick({ correlationId, caller: 'timer', teller, runId: null }),
    );
    if (run.status === 'failed') {
      throw new Error(`tick failed: run ${run.runId}, correlation ${correlationId}`);
    }
  },
});
