import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('pageFile', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'ui/{file}',
  handler: answerHttp((doors, _composed, request, { file = '' }) => doors.pageFileDoor(request, file)),
});
