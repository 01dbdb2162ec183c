// Faults that answer in place of the operation: nothing is changed.
import { z } from 'zod';
import { type Answer, gatewayRefusal, refusal } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { htmlPage, mfaRefusal, platformError, throttled } from '../http/refusals.ts';
import { type FaultKind, faultKind } from './faultKind.ts';
import type { FaultPlan } from './faultPlan.ts';

const errorStatus = z.int().min(400).max(599);

export const answerFaults: readonly FaultKind[] = [
  faultKind(
    'throttle429',
    {
      /** Seconds, an HTTP date as it shall be sent, or null for no header. */
      retryAfter: z.union([z.int().nonnegative(), z.string(), z.null()]).default(57),
      /** `date` sends the instant that is `retryAfter` seconds from now instead. */
      as: z.enum(['asGiven', 'date']).default('asGiven'),
    },
    ({ retryAfter, as }, { call }) => {
      const seconds = typeof retryAfter === 'number' ? retryAfter : 0;
      const date = new Date(call.world.clock.nowMs() + seconds * 1000).toUTCString();
      const header = retryAfter === null ? null : as === 'date' ? date : String(retryAfter);
      return instead(throttled(header, seconds));
    },
  ),
  faultKind('status500', { message: z.string().optional() }, ({ message }, { correlationId }) =>
    instead(refusal(500, message ?? messages.internalError(correlationId))),
  ),
  faultKind(
    'status503',
    { retryAfterInSeconds: z.int().nonnegative().nullable().default(null) },
    ({ retryAfterInSeconds }) => {
      const headers = retryAfterInSeconds === null ? {} : { 'Retry-After': String(retryAfterInSeconds) };
      return instead(gatewayRefusal(503, messages.unavailable, headers));
    },
  ),
  faultKind('badGatewayHtml', { status: errorStatus.default(502) }, ({ status }) =>
    instead(htmlPage(status, 'Bad Gateway')),
  ),
  faultKind(
    'errorInHttp200',
    { statusCode: errorStatus.default(400), message: z.string().default('Invalid query') },
    ({ statusCode, message }) => instead({ ...refusal(statusCode, message), status: 200 }),
  ),
  faultKind('expiredToken', {}, () => instead(gatewayRefusal(401, messages.expiredToken))),
  faultKind('wrongAudience', {}, () => instead(gatewayRefusal(401, messages.wrongAudience))),
  faultKind('mfaRefusal', { body: z.enum(['platform', 'gateway', 'none']).default('none') }, ({ body }) =>
    instead(mfaRefusal(body)),
  ),
  faultKind('forbidden', { message: z.string().default(messages.forbidden) }, ({ message }) =>
    instead(refusal(403, message)),
  ),
  faultKind('badRequest', { message: z.string().default(messages.invalidReport) }, ({ message }) =>
    instead(refusal(400, message)),
  ),
  faultKind('notFound', { message: z.string().default(messages.nothingFound) }, ({ message }) =>
    instead(refusal(404, message)),
  ),
  faultKind(
    'platformError',
    {
      status: errorStatus.default(400),
      code: z.string().default('2000'),
      description: z.string().default('The request was refused.'),
      data: z.array(z.unknown()).default([]),
      source: z.string().default('PartnerCenter'),
    },
    ({ status, ...value }) => instead(platformError(status, value)),
  ),
];

function instead(answer: Answer): FaultPlan {
  return { instead: () => ({ kind: 'answer', answer }) };
}
