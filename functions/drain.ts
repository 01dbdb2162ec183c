import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('drain', {
  methods: ['POST'],
  authLevel: 'function',
  route: 'drain',
  handler: answerHttp((doors, composed, request) => doors.drainDoor(composed, request)),
});
