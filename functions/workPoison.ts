import { app } from '@azure/functions';
import { tellerOf } from './tellerOf.ts';

app.storageQueue('workPoison', {
  queueName: 'intermission-runs-poison',
  connection: 'AzureWebJobsStorage',
  handler: async (message, context) => {
    const { doors } = await import('../shared/composition/service.ts');
    doors.tellPoisonedRun(message, tellerOf(context));
  },
});
