import { app } from '@azure/functions';
import { configInvalid } from './configInvalid.ts';
import { recorded, traceParentIn } from './recorded.ts';

app.storageQueue('work', {
  queueName: 'intermission-runs',
  connection: 'AzureWebJobsStorage',
  handler: async (message, context) => {
    const service = await import('../shared/composition/service.ts');
    const composed = service.serviceFromEnvironment();
    if (!composed.ok) {
      throw new Error(configInvalid(composed));
    }
    const place = { context, hasCaller: false, traceParent: traceParentIn(message) };
    await recorded(service, composed, place, (teller) => service.goOnWithRun(composed.runs, message, teller));
  },
});
