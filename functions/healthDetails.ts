import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('healthDetails', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'health/details',
  handler: answerHttp((doors, composed) => doors.healthDetailsDoor(composed)),
});
