import { app } from '@azure/functions';
import { configInvalid } from './configInvalid.ts';
import { tellerOf } from './tellerOf.ts';

app.storageQueue('work', {
  queueName: 'intermission-runs',
  connection: 'AzureWebJobsStorage',
  handler: async (message, context) => {
    const { doors, serviceFromEnvironment } = await import('../shared/composition/service.ts');
    const composed = serviceFromEnvironment();
    if (!composed.ok) {
      throw new Error(configInvalid(composed));
    }
    await doors.goOnWithRun(composed.runs, message, tellerOf(context));
  },
});
