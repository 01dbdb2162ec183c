import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('runStatus', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'runs/{runId}/status',
  handler: answerHttp((doors, composed, request, params) =>
    doors.runStatusDoor(composed, request, params['runId'] ?? ''),
  ),
});
