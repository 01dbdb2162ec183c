import { isUndone } from '../running/reportResult.ts';
import type { Run } from '../service/run.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';

/** What a later try may well succeed at. */
const TRY_LATER: ReadonlySet<string> = new Set([
  'account_busy',
  'out_of_time',
  'attempt_under_way',
  'fresh_read_awaited',
  'seen_active_once',
  'next_hold_begins_soon',
  'throttled',
  'lease_lost',
  'ledger_unavailable',
]);

/** What is to be put right here and not at Partner Center. */
const OURS: ReadonlySet<string> = new Set([
  'config_invalid',
  'windows_invalid',
  'windows_unreadable',
  'windows_held_back',
  'account_missing',
  'owned_while_off',
  'ledger_unreadable',
]);

/** What a pause comes to where somebody ended its holds before it had its turn. */
const OVERTAKEN: ReadonlySet<string> = new Set(['no_hold', 'last_hold_ended']);

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
  const codes = new Set([
    ...run.problems.map(({ code }) => code),
    ...run.results
      .filter((one) => isUndone(one, run.door))
      .map(({ code, outcome }) => (outcome === 'notFound' ? 'not_found' : code)),
  ]);
  const only = (wanted: (code: string) => boolean) => codes.size > 0 && [...codes].every(wanted);
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
  const isOvertaken = run.door === 'pause' && [...OVERTAKEN].some((code) => codes.has(code));
  if (run.status === 'failed' && isOvertaken && only((code) => OVERTAKEN.has(code) || code === 'not_found')) {
    return problem(
      409,
      'no_hold',
      'Somebody ended the hold of this request before its reports were paused, so they were not.',
      run,
    );
  }
  if (only((code) => code === 'doubtful')) {
    return problem(
      409,
      'doubtful',
      'It cannot be told whose pauses these are; a person must settle it.',
      run,
    );
  }
  if (only((code) => TRY_LATER.has(code) || code === 'run_stopped')) {
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
  const own = run.problems.find(({ code }) => OURS.has(code));
  return own === undefined
    ? problem(502, run.problems[0]?.code ?? 'upstream_refused', 'Partner Center refused all of it.', run)
    : problem(500, own.code, 'Nothing could be done; the problems of the run say why.', run);
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
