import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('openApi', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'openapi.json',
  handler: answerHttp((doors, _composed, request) => doors.openApiDoor(request)),
});
