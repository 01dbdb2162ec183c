import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('page', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'ui',
  handler: answerHttp((doors, _composed, request) => doors.pageDoor(request)),
});
