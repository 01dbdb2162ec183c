import { app } from '@azure/functions';
import { recorded, traceParentIn } from './recorded.ts';

app.storageQueue('workPoison', {
  queueName: 'intermission-runs-poison',
  connection: 'AzureWebJobsStorage',
  handler: async (message, context) => {
    const service = await import('../shared/composition/service.ts');
    const place = { context, hasCaller: false, traceParent: traceParentIn(message) };
    await recorded(service, service.serviceFromEnvironment(), place, async (teller) =>
      service.tellPoisonedRun(message, teller),
    );
  },
});
