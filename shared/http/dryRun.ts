import { classOfProblem, isNews, type Run } from '../service/run.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';
import { answerRun } from './answerRun.ts';
import type { Composed } from './composed.ts';
import { type DoorRequest, type Ready, withService } from './doorRequest.ts';
import { invalidQuery } from './parseRange.ts';

/** A door that with `?dryRun=true` tells what it would do, and does nothing. */
export function mayRunDry(
  composed: Composed,
  request: DoorRequest,
  work: (ready: Ready, isDry: boolean) => Promise<Answer>,
): Promise<Answer> {
  const asked = readDryRun(request.url.searchParams);
  return withService(composed, async (ready) =>
    asked === 'unclear'
      ? refuse('must be true or false, written dryRun, and given once; nothing was done')
      : work(ready, asked),
  );
}

/** A door that cannot: whoever asks it to is told so, and not taken at the rest of his word. */
export function neverDry(
  composed: Composed,
  request: DoorRequest,
  work: (ready: Ready) => Promise<Answer>,
): Promise<Answer> {
  const asked = readDryRun(request.url.searchParams);
  return withService(composed, async (ready) =>
    asked === false
      ? work(ready)
      : refuse('is for pause, resume, drain and exemptions alone; nothing was done'),
  );
}

/**
 * 200 with what would come of each report, good or bad; else as the request would be refused, 503 where it can be told
 * later, and 502 where the reports cannot be read.
 */
export function answerDryRun(run: Run): Answer {
  const problem = run.problems.find((one) => !isNews(one, run.door));
  if (problem === undefined) {
    return jsonAnswer(200, run);
  }
  const { isRefusal, isTriedAgain } = classOfProblem(problem.code);
  if (isRefusal) {
    return answerRun(run, { failOnPartial: true });
  }
  const title = 'It could not be told what would be done; nothing was done.';
  const told = { code: problem.code, title, run };
  return isTriedAgain ? problemAnswer(503, told, { 'retry-after': '60' }) : problemAnswer(502, told);
}

/** Whoever misspells it means it all the same, and would have reports paused that he wanted to look at. */
function readDryRun(query: URLSearchParams): boolean | 'unclear' {
  const given = [...query].filter(([name]) => name.toLowerCase().replace(/[^a-z]/g, '') === 'dryrun');
  const [first, ...more] = given;
  if (first === undefined) {
    return false;
  }
  const [name, value] = first;
  const isClear = more.length === 0 && name === 'dryRun' && (value === 'true' || value === 'false');
  return isClear ? value === 'true' : 'unclear';
}

function refuse(message: string): Answer {
  return invalidQuery('/dryRun', message);
}
