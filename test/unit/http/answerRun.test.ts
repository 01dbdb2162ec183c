import { answerRun } from '../../../shared/http/answerRun.ts';
import type { ReportResult } from '../../../shared/running/reportResult.ts';
import { makeRun, type RunProblem } from '../../../shared/service/run.ts';

type Result = Pick<ReportResult, 'outcome' | 'code'>;

const paused: Result = { outcome: 'paused', code: 'hold_began' };
const foreign: Result = { outcome: 'foreign', code: 'foreign_pause' };
const failed: Result = { outcome: 'failed', code: 'upstream_unavailable' };
const notFound: Result = { outcome: 'notFound', code: 'not_found' };
const doubtful: Result = { outcome: 'doubtful', code: 'doubtful' };
const endedMeanwhile: Result = { outcome: 'alreadyActive', code: 'no_hold' };
const resumedMeanwhile: Result = { outcome: 'resumed', code: 'last_hold_ended' };
const tooLate: Result = { outcome: 'skipped', code: 'out_of_time' };
const throttled: Result = { outcome: 'failed', code: 'throttled' };
const stopped: Result = { outcome: 'skipped', code: 'run_stopped' };

function runOf(results: readonly Result[], problems: readonly RunProblem['code'][] = []) {
  return makeRun({
    runId: 'run',
    correlationId: 'correlation',
    door: 'pause',
    startedUtc: '2026-01-01T00:00:00.000Z',
    durationInMs: 1,
    problems: problems.map((code): RunProblem => ({ code, account: null, message: 'why' })),
    results: results.map((result, at) => ({
      ...{ reportId: `report ${at}`, reportName: '', message: '', account: 'default' },
      ...{ before: null, after: null, attempts: 1, durationInMs: 1, requestId: null },
      ...result,
    })),
    events: [],
  });
}

function statusOf(
  results: readonly Result[],
  problems: readonly RunProblem['code'][] = [],
  failOnPartial = false,
) {
  const answer = answerRun(runOf(results, problems), { failOnPartial });
  const code =
    typeof answer.body === 'object' && answer.body !== null && 'code' in answer.body
      ? answer.body.code
      : null;
  return [answer.status, code];
}

test.each<[RunProblem['code'], number]>([
  ['windows_invalid', 207],
  ['window_over_limit', 207],
  ['account_missing', 207],
  ['windows_unreadable', 500],
])('a tick that had nothing else to do, and %s, is answered %i', (code, status) => {
  const tick = makeRun({ ...runOf([], [code]), door: 'tick' });

  expect(answerRun(tick, { failOnPartial: false }).status).toBe(status);
});

test('an adoption of what is nowhere as its event says is a conflict, and nobody else’s fault', () => {
  const notAsRecorded: Result = { outcome: 'foreign', code: 'not_as_recorded' };
  const answered = (results: readonly Result[]) =>
    answerRun(makeRun({ ...runOf(results), door: 'adopt' }), { failOnPartial: false });

  for (const results of [[notAsRecorded], [notAsRecorded, notFound]]) {
    expect(answered(results)).toMatchObject({ status: 409, body: { code: 'not_as_recorded' } });
  }
  expect(answered([notFound])).toMatchObject({ status: 404, body: { code: 'not_found' } });
  expect(answered([notAsRecorded, failed])).toMatchObject({ status: 502 });
});

describe('a run as an HTTP answer', () => {
  test.each([
    ['all done', [paused, foreign], [200, null]],
    ['nothing to do', [], [200, null]],
    ['some failed', [paused, failed], [207, null]],
    ['some not found', [paused, notFound], [207, null]],
    ['none found', [notFound, notFound], [404, 'not_found']],
    ['all doubtful', [doubtful], [409, 'doubtful']],
    ['somebody ended the hold meanwhile', [endedMeanwhile, resumedMeanwhile], [409, 'no_hold']],
    ['that, and another is not found', [endedMeanwhile, notFound], [409, 'no_hold']],
    ['that, and another is refused', [endedMeanwhile, failed], [502, 'upstream_refused']],
    ['that, and another is paused', [endedMeanwhile, paused], [207, null]],
    ['all too late', [tooLate, throttled], [503, 'out_of_time']],
    ['all refused', [failed, failed], [502, 'upstream_refused']],
    ['refused and not found', [failed, notFound], [502, 'upstream_refused']],
  ])('where %s', (_what, results, expected) => {
    expect(statusOf(results)).toEqual(expected);
  });

  test.each([
    ['some failed', [paused, failed], [502, 'partial']],
    ['some not found', [paused, notFound], [502, 'partial']],
    ['some were too late', [paused, tooLate], [503, 'out_of_time']],
    ['all done', [paused], [200, null]],
  ])('where %s, to a caller to whom each 2xx is success', (_what, results, expected) => {
    expect(statusOf(results, [], true)).toEqual(expected);
  });

  test.each<[RunProblem['code'], readonly Result[], unknown]>([
    ['unknown_account', [], [404, 'unknown_account']],
    ['mode_forbids', [stopped], [409, 'mode_forbids']],
    ['account_busy', [stopped], [503, 'account_busy']],
    ['ledger_unavailable', [], [503, 'ledger_unavailable']],
    ['ledger_unreadable', [], [500, 'ledger_unreadable']],
    ['windows_invalid', [], [500, 'windows_invalid']],
    ['windows_invalid', [paused], [207, null]],
    ['reports_unreadable', [], [502, 'reports_unreadable']],
    ['unauthorized', [stopped], [502, 'unauthorized']],
  ])('that was hindered by %s', (problem, results, expected) => {
    expect(statusOf(results, [problem])).toEqual(expected);
  });

  test('says when to come again where a later try may do, and only there', () => {
    const headersOf = (results: readonly Result[]) =>
      answerRun(runOf(results), { failOnPartial: false }).headers;

    expect(headersOf([tooLate])).toMatchObject({ 'retry-after': '60' });
    expect(headersOf([failed])).not.toHaveProperty('retry-after');
  });

  test('has the run in it, whatever its status', () => {
    const run = runOf([notFound]);

    expect(answerRun(run, { failOnPartial: false }).body).toMatchObject({ status: 404, run });
  });
});
