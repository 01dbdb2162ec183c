import { workingAnswer } from '../http/acceptedAnswer.ts';
import type { Composed } from '../http/composed.ts';
import { type DoorRequest, withService } from '../http/doorRequest.ts';
import { RUN_ID, unknownRun } from '../http/keptRun.ts';
import { ofRun } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import { runId } from '../openapi/parameters.ts';
import type { SwaggerParameter } from '../openapi/swagger.ts';
import type { RunRecord } from '../runs/runRecord.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

const token: SwaggerParameter = {
  name: 'token',
  in: 'query',
  required: true,
  type: 'string',
  'x-ms-summary': 'Token',
  description: 'The token that stands in the address that the request was answered with.',
};

/** What the document tells of it. */
export const operation: Operation = {
  ...ofRun,
  operationId: 'GetRunStatus',
  summary: 'Get a run by its token',
  description: 'Tells the same to pollers that send no credentials; until a day after the end of the run.',
  visibility: 'internal',
  parameters: [runId, token],
};

/**
 * `GET /api/runs/{id}/status?token=`: the same for pollers that send no credentials again. A wrong token, a run that
 * does not exist and one whose time is over look alike. A token that was made up costs no storage, and a run that many ask for is read
 * once in two seconds.
 */
export function answer(
  composed: Composed,
  request: DoorRequest,
  { runId = '' }: PathParameters,
): Promise<Answer> {
  return withService(composed, async ({ runs, recentRuns, parts }) => {
    const token = request.url.searchParams.get('token') ?? '';
    const isOpen = RUN_ID.test(runId) && (await runs.statusTokens.opens(runId, token));
    const seen = isOpen ? await recentRuns(runId) : null;
    if (seen === null || isTokenOver(seen.record, parts.clock.now())) {
      return unknownRun();
    }
    return seen.kind === 'working'
      ? workingAnswer(seen.record, { location: request.url.href })
      : jsonAnswer(200, seen.run);
  });
}

/** A status token is over a day after its run. */
const TOKEN_KEPT_IN_MS = 86_400_000;

function isTokenOver({ doneMs }: RunRecord, nowMs: number): boolean {
  return doneMs !== null && nowMs > doneMs + TOKEN_KEPT_IN_MS;
}
