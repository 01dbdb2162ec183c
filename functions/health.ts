import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('health', {
  methods: ['GET'],
  authLevel: 'anonymous',
  route: 'health',
  handler: answerHttp((doors, composed) => doors.healthDoor(composed)),
});
