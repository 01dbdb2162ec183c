import { app } from '@azure/functions';
import { tellerOf } from './tellerOf.ts';

app.storageQueue('work', {
  queueName: 'intermission-runs',
  connection: 'AzureWebJobsStorage',
  handler: async (message, context) => {
    const { doors, serviceFromEnvironment } = await import('../shared/composition/service.ts');
    const composed = serviceFromEnvironment();
    if (!composed.ok) {
      throw new Error('config_invalid: GET /api/health/details names the settings');
    }
    await doors.goOnWithRun(composed.runs, message, tellerOf(context));
  },
});
