import type { Composed } from '../http/composed.ts';
import { callOf, type DoorRequest, withService } from '../http/doorRequest.ts';
import { meantAccount } from '../http/meantAccount.ts';
import { MAX_PAGE, parseReportsAsked, writeContinuation } from '../http/parseReportsAsked.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { accountFilter, correlationId, narrowing } from '../openapi/parameters.ts';
import type { SwaggerParameter } from '../openapi/swagger.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

const narrowedBy: readonly SwaggerParameter[] = [
  narrowing('status', 'Status', 'Tells of reports of this status alone.', {
    ...{ type: 'string', enum: ['Active', 'Paused', 'Inactive'] },
  }),
  narrowing('held', 'Held', 'Tells of those alone that a hold wants paused now, or that none does.', {
    type: 'boolean',
  }),
  narrowing('name', 'Name', 'Tells of those whose whole name matches: * for any characters, ? for one.'),
  narrowing('limit', 'Limit', 'Tells so many at most, by account and id; all where it is left out.', {
    ...{ type: 'integer', format: 'int32', minimum: 1, maximum: MAX_PAGE },
  }),
  narrowing('continuation', 'Continuation', 'Goes on after the page whose answer had it.'),
];

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'ListReports',
  summary: 'List reports',
  description: 'Tells the status of each report, and why it is paused.',
  parameters: [accountFilter, ...narrowedBy, correlationId],
  answers: {
    200: ['The reports that were asked for, of every account.', 'Reports'],
    502: ['Some accounts could not be read; the problems say which and why.', 'Reports'],
  },
  problems: [400, 404, ...NOT_READY],
};

/** `GET /api/reports?account=&status=&held=&name=&limit=&continuation=`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const asked = parseReportsAsked(request.url.searchParams);
    if (!asked.ok) {
      return asked.answer;
    }
    const { goesOnAfter, ...shown } = await service.reports(callOf(request), meant.account, asked.value);
    const continuation = goesOnAfter === null ? null : writeContinuation(goesOnAfter);
    return jsonAnswer(shown.problems.length === 0 ? 200 : 502, { ...shown, continuation });
  });
}
