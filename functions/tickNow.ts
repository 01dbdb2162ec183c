import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('tickNow', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'tick',
  handler: answerHttp((doors, composed, request) => doors.tickDoor(composed, request)),
});
