import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('pause', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'pause',
  handler: answerHttp((doors, composed, request) => doors.pauseDoor(composed, request)),
});
