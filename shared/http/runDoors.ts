import type { Composed } from '../composition/compose.ts';
import type { RunRecord } from '../runs/runRecord.ts';
import { runOf } from '../runs/submitRun.ts';
import { workingAnswer } from './acceptedAnswer.ts';
import { type DoorRequest, type Ready, withService } from './doorRequest.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';

/** `GET /api/runs/{id}`: 202 while it works, then 200 with the results, whatever they are; also of a tick or a webhook that did something. */
export function runDoor(composed: Composed, runId: string): Promise<Answer> {
  return withService(composed, async (ready) => {
    const stored = await readRun(ready, runId);
    if (stored !== null) {
      return answerRecord(ready, stored);
    }
    const kept = RUN_ID.test(runId) ? await ready.parts.runHistory.read(runId) : null;
    return kept === null ? unknownRun() : jsonAnswer(200, kept);
  });
}

/**
 * `GET /api/runs/{id}/status?token=`: the same for pollers that send no credentials again. A wrong token, a run that
 * does not exist and one whose time is over look alike. A token that was made up costs no storage, and a run that many ask for is read
 * once in two seconds.
 */
export function runStatusDoor(composed: Composed, request: DoorRequest, runId: string): Promise<Answer> {
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

/** `POST /api/runs/{id}/continue`: puts a run back into the queue that lost its message. */
export function continueRunDoor(composed: Composed, runId: string): Promise<Answer> {
  return withService(composed, async (ready) => {
    const stored = await readRun(ready, runId);
    if (stored === null) {
      return unknownRun();
    }
    if (stored.state === 'working') {
      await ready.runs.queue.send(stored.runId, 0);
    }
    return answerRecord(ready, stored);
  });
}

const RUN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** A status token is over a day after its run. */
const TOKEN_KEPT_IN_MS = 86_400_000;

function isTokenOver({ doneMs }: RunRecord, nowMs: number): boolean {
  return doneMs !== null && nowMs > doneMs + TOKEN_KEPT_IN_MS;
}

async function readRun({ runs }: Ready, runId: string): Promise<RunRecord | null> {
  return RUN_ID.test(runId) ? ((await runs.store.read(runId))?.record ?? null) : null;
}

async function answerRecord({ runs }: Ready, record: RunRecord): Promise<Answer> {
  return record.state === 'working'
    ? workingAnswer(record, {})
    : jsonAnswer(200, await runOf(runs.store, record));
}

function unknownRun(): Answer {
  return problemAnswer(404, { code: 'unknown_run', title: 'There is no such run, or it is no longer kept.' });
}
