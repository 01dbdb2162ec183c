import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('resume', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'resume',
  handler: answerHttp((doors, composed, request) => doors.resumeDoor(composed, request)),
});
