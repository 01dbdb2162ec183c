import { app } from '@azure/functions';
import { answerHttp } from './answerHttp.ts';

app.http('webhook', {
  methods: ['POST', 'OPTIONS'],
  authLevel: 'anonymous',
  route: 'webhooks/{source}',
  handler: (request, context) =>
    answerHttp((doors, composed, handedOver, params) =>
      doors.webhookDoor(composed, handedOver, { method: request.method, source: params['source'] ?? '' }),
    )(request, context),
});
