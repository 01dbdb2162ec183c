import type { RunRecord } from '../runs/runRecord.ts';
import { runOf } from '../runs/submitRun.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';
import { workingAnswer } from './acceptedAnswer.ts';
import type { Ready } from './doorRequest.ts';

export const RUN_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

export async function readRun({ runs }: Ready, runId: string): Promise<RunRecord | null> {
  return RUN_ID.test(runId) ? ((await runs.store.read(runId))?.record ?? null) : null;
}

export async function answerRecord({ runs }: Ready, record: RunRecord): Promise<Answer> {
  return record.state === 'working'
    ? workingAnswer(record, {})
    : jsonAnswer(200, await runOf(runs.store, record));
}

export function unknownRun(): Answer {
  return problemAnswer(404, { code: 'unknown_run', title: 'There is no such run, or it is no longer kept.' });
}
