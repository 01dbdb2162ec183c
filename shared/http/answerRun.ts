import { classOf, isResultCode, isUndone, type ResultCode } from '../running/reportResult.ts';
import { classOfProblem, type Run, type RunProblemCode } from '../service/run.ts';
import { type Answer, jsonAnswer, problemAnswer } from '../wire/problem.ts';

/** Seconds until the next tick will have gone on with what a run left. */
const RETRY_AFTER_IN_SECONDS = '60';

/**
 * A run as an HTTP answer: 200 all done, 202 left to drivers, 207 some not (an error where `failOnPartial`), 404 none of them exists,
 * 409 it is for a person to settle, 503 with `Retry-After` where a later try may do, 500 where the settings or the
 * ledger are in the way, else 502. The run is in each.
 */
export function answerRun(run: Run, { failOnPartial }: { readonly failOnPartial: boolean }): Answer {
  if (run.status === 'ok') {
    // What is left to drivers is not done yet.
    return run.leftToDrivers === undefined
      ? jsonAnswer(200, run)
      : jsonAnswer(202, run, { 'retry-after': RETRY_AFTER_IN_SECONDS });
  }
  if (run.status === 'partial' && !failOnPartial) {
    return jsonAnswer(207, run);
  }
  const codes = codesOf(run);
  const only = (wanted: (code: Code) => boolean) => codes.size > 0 && [...codes].every(wanted);
  if (codes.has('unknown_account')) {
    return problem(404, 'unknown_account', 'No account of this name is configured.', run);
  }
  if (codes.has('unknown_request')) {
    return problem(
      404,
      'unknown_request',
      'No hold of this request is known; it may have ended already.',
      run,
    );
  }
  if (codes.has('mode_forbids')) {
    return problem(409, 'mode_forbids', 'The setting MODE forbids it.', run);
  }
  if (run.status === 'failed' && only((code) => code === 'not_found')) {
    return problem(404, 'not_found', 'Partner Center shows none of these reports.', run);
  }
  const isOvertaken = run.door === 'pause' && [...codes].some(isOfOvertaken);
  if (run.status === 'failed' && isOvertaken && only((code) => isOfOvertaken(code) || code === 'not_found')) {
    return problem(
      409,
      codes.has('superseded') ? 'superseded' : 'no_hold',
      'Somebody ended the hold of this request before its reports were paused, so they were not.',
      run,
    );
  }
  if ((run.door === 'end' || run.door === 'extend') && codes.has('superseded')) {
    const title = 'A later request gave this occurrence another end, and that counts.';
    return problem(409, 'superseded', title, run);
  }
  if (only((code) => code === 'doubtful')) {
    return problem(
      409,
      'doubtful',
      'It cannot be told whose pauses these are; a person must settle it.',
      run,
    );
  }
  if (run.status === 'failed' && only((code) => code === 'not_as_recorded' || code === 'not_found')) {
    return problem(
      409,
      'not_as_recorded',
      'None of these reports is as its event says; somebody touched or deleted them since.',
      run,
    );
  }
  if (only(isTriedAgain)) {
    return problem(
      503,
      [...codes][0] ?? 'unavailable',
      'Not done yet; what is written down is done by the next tick.',
      run,
      {
        'retry-after': RETRY_AFTER_IN_SECONDS,
      },
    );
  }
  if (run.status === 'partial') {
    return problem(502, 'partial', 'Some reports are not as asked for.', run);
  }
  const own = run.problems.find(({ code }) => classOfProblem(code).isOurs);
  return own === undefined
    ? problem(502, run.problems[0]?.code ?? 'upstream_refused', 'Partner Center refused all of it.', run)
    : problem(500, own.code, 'Nothing could be done; the problems of the run say why.', run);
}

type Code = RunProblemCode | ResultCode;

/** What stands in the way of the run, and of each report that it left undone. */
function codesOf({ problems, results, door }: Run): ReadonlySet<Code> {
  const undone = results.filter((one) => isUndone(one, door));
  return new Set([
    ...problems.map(({ code }) => code),
    ...undone.map(({ code, outcome }) => (outcome === 'notFound' ? 'not_found' : code)),
  ]);
}

/** A pause comes to it where somebody ended its holds before it had its turn. */
function isOfOvertaken(code: Code): boolean {
  return isResultCode(code) && classOf(code).isOvertaken === true;
}

/** A later try may well succeed, without anybody changing anything. */
function isTriedAgain(code: Code): boolean {
  return isResultCode(code)
    ? classOf(code).triedAgain !== undefined
    : classOfProblem(code).isTriedAgain === true;
}

function problem(
  status: number,
  code: string,
  title: string,
  run: Run,
  headers: Readonly<Record<string, string>> = {},
): Answer {
  return problemAnswer(status, { code, title, run }, headers);
}
