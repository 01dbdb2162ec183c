import type { Composed } from '../http/composed.ts';
import { type DoorRequest, withService } from '../http/doorRequest.ts';
import { meantAccount } from '../http/meantAccount.ts';
import { parseHistoryAsked, writePlace } from '../http/parseHistoryAsked.ts';
import { invalidQuery } from '../http/parseRange.ts';
import { PICKED_FROM_WINDOWS } from '../http/pickedFrom.ts';
import { partOfHistory } from '../openapi/historyParameters.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { accountFilter, narrowing } from '../openapi/parameters.ts';
import type { SwaggerParameter } from '../openapi/swagger.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';

const ofWindow: SwaggerParameter = {
  ...narrowing('window', 'Window', 'Tells of this window alone; of all where it is left out.'),
  ...PICKED_FROM_WINDOWS,
};

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  operationId: 'ListOccurrences',
  summary: 'List what windows did',
  description:
    'Tells each occurrence of a window in the last 90 days, newest first: when it was to begin and end and when it did, what became of its reports, and which executions it cost.',
  parameters: [ofWindow, accountFilter, ...partOfHistory],
  answers: { 200: ['The occurrences that were asked for.', 'PastOccurrences'] },
  problems: [400, 404, ...NOT_READY],
};

const WINDOW_NAME = /^[a-z0-9-]{1,63}$/;

/** `GET /api/occurrences?window=&account=&from=&until=&limit=&continuation=`. */
export function answer(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const { searchParams } = request.url;
    const asked = parseHistoryAsked(searchParams);
    if (!asked.ok) {
      return asked.answer;
    }
    const window = searchParams.get('window');
    if (window !== null && !WINDOW_NAME.test(window)) {
      return invalidQuery('/window', 'must be the name of a window: 1 to 63 of a-z, 0-9 and -');
    }
    const page = await service.pastOccurrences({ ...asked.value, window }, meant.account);
    if (page === null) {
      const title = 'No window of this name is configured, and none was within 90 days.';
      return problemAnswer(404, { code: 'unknown_window', title });
    }
    return jsonAnswer(200, { occurrences: page.items, continuation: writePlace(page.goesOnAfter) });
  });
}
