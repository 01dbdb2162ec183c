import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('continueRun', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'runs/{runId}/continue',
  handler: answerHttp((doors, composed, _request, params) =>
    doors.continueRunDoor(composed, params['runId'] ?? ''),
  ),
});
