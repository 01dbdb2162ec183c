import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('run', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'runs/{runId}',
  handler: answerHttp((doors, composed, _request, params) => doors.runDoor(composed, params['runId'] ?? '')),
});
