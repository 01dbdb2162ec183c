import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('plan', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'plan',
  handler: answerHttp((doors, composed, request) => doors.planDoor(composed, request)),
});
