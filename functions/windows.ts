import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('windows', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'windows',
  handler: answerHttp((doors, composed) => doors.windowsDoor(composed)),
});
