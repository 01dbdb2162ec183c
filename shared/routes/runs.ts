import type { Composed } from '../http/composed.ts';
import { type DoorRequest, withService } from '../http/doorRequest.ts';
import { meantAccount } from '../http/meantAccount.ts';
import { parseHistoryAsked, writePlace } from '../http/parseHistoryAsked.ts';
import { invalidQuery } from '../http/parseRange.ts';
import { partOfHistory } from '../openapi/historyParameters.ts';
import { reading } from '../openapi/kindsOfOperation.ts';
import { NOT_READY, type Operation } from '../openapi/operation.ts';
import { accountFilter, narrowing } from '../openapi/parameters.ts';
import { runDoors } from '../running/reportResult.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

const ofDoor = narrowing('door', 'Door', 'Tells of runs alone that this set off.', {
  ...{ type: 'string', enum: [...runDoors] },
});

/** What the document tells of it. */
export const operation: Operation = {
  ...reading,
  tag: 'Runs',
  operationId: 'ListRuns',
  summary: 'List runs',
  description:
    'Tells each run that did something in the last 90 days, newest first: what set it off, who and why, and what came of it.',
  parameters: [ofDoor, accountFilter, ...partOfHistory],
  answers: { 200: ['The runs that were asked for.', 'PastRuns'] },
  problems: [400, 404, ...NOT_READY],
};

/** `GET /api/runs?account=&door=&from=&until=&limit=&continuation=`. */
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
    const given = searchParams.get('door');
    const door = runDoors.find((one) => one === given) ?? null;
    if (given !== null && door === null) {
      return invalidQuery('/door', `must be one of ${runDoors.join(', ')}`);
    }
    const page = await service.pastRuns({ ...asked.value, account: meant.account, door });
    return jsonAnswer(200, { runs: page.items, continuation: writePlace(page.goesOnAfter) });
  });
}
