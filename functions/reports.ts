import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('reports', {
  methods: ['GET'],
  authLevel: 'function',
  route: 'reports',
  handler: answerHttp((doors, composed, request) => doors.reportsDoor(composed, request)),
});
