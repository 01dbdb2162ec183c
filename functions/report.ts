import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('report', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'reports/{reportId}',
  handler: answerHttp((doors, composed, request, params) =>
    doors.reportDoor(composed, request, params['reportId'] ?? ''),
  ),
});
