import type { ReportDecision } from '../deciding/decideReport.ts';
import type { EventWithFacts, ReportEvent } from '../deciding/reportEvent.ts';
import type { InsightsFailure, InsightsFailureCode } from '../insights/insightsFailure.ts';
import type { Report } from '../model/report.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { Change } from './changeReport.ts';
import { pauseFacts } from './eventFacts.ts';
import { outcomeOf } from './explain.ts';
import { missedExecutions } from './followUps.ts';
import type { Outcome, ReportResult, StopCode } from './reportResult.ts';

const stopMessages: { readonly [Code in StopCode]: string } = {
  out_of_time: 'the time of this run was over; the next tick goes on',
  run_stopped: 'the run was stopped by a failure that every further call would meet; see the failed report',
  account_busy: 'another run holds this account; the next tick goes on',
  lease_lost: 'another run took over this account; it goes on there',
  ledger_unavailable: 'the ledger could not be written, so nothing more was done',
};

const failureOutcomes: { readonly [Code in InsightsFailureCode]?: Outcome } = {
  not_found: 'notFound',
  forbidden: 'forbidden',
};

/** The result of a report about which nothing was done. */
export function doneNothing(decision: ReportDecision, report: Report | null): ReportResult {
  const { outcome, message } = outcomeOf(decision);
  const isDropped = decision.holds.length > 0 && decision.holds.every((hold) => hold.state === 'dropped');
  const status = report?.reportStatus ?? null;
  return {
    reportId: decision.reportId,
    reportName: report?.reportName ?? decision.ownership?.reportName ?? '',
    outcome: decision.reason === 'hold_without_effect' && isDropped ? 'skipped' : outcome,
    code: decision.reason,
    message,
    before: status,
    after: status,
    attempts: 0,
    durationInMs: 0,
    requestId: null,
  };
}

/** The result of a report that the run no longer came to. */
export function stoppedResult(
  report: Pick<Report, 'reportId' | 'reportName' | 'reportStatus'>,
  code: StopCode,
): ReportResult {
  const { reportId, reportName, reportStatus } = report;
  return {
    ...{ reportId, reportName, outcome: 'skipped', code, message: stopMessages[code] },
    ...{ before: reportStatus, after: reportStatus, attempts: 0, durationInMs: 0, requestId: null },
  };
}

/** The result of a report that the list lacks and that could not be looked up. */
export function lookUpFailed(decision: ReportDecision, failure: InsightsFailure): ReportResult {
  return {
    reportId: decision.reportId,
    reportName: decision.ownership?.reportName ?? '',
    outcome: failureOutcomes[failure.code] ?? 'failed',
    code: failure.code,
    message: failure.message,
    before: null,
    after: null,
    attempts: failure.attempts,
    durationInMs: failure.durationInMs,
    requestId: failure.requestId,
  };
}

/** The result of a change that failed. A report that somebody else brought there meanwhile is no failure. */
export function failedResult(
  decision: ReportDecision,
  report: Report,
  failure: InsightsFailure,
): ReportResult {
  const isExhausted = failure.observed?.reportStatus === 'Inactive';
  const overtaken: Outcome = decision.action === 'pause' ? 'foreign' : 'alreadyActive';
  return {
    ...lookUpFailed(decision, failure),
    reportName: report.reportName,
    outcome: isExhausted
      ? 'inactive'
      : failure.code === 'overtaken'
        ? overtaken
        : (failureOutcomes[failure.code] ?? 'failed'),
    before: report.reportStatus,
    after: failure.observed?.reportStatus ?? null,
  };
}

/** The result of a change that was seen to take effect, and what is told of it. */
export function changedResult(
  decision: ReportDecision,
  before: Report,
  change: Extract<Change, { kind: 'changed' }>,
  span: { readonly pausedAtMs: number; readonly nowMs: number },
): { readonly result: ReportResult; readonly events: readonly EventWithFacts[] } {
  const { report, ownership, answer } = change;
  const { reportId, reportName } = report;
  const told = tellChange(decision, change, span);
  const facts = pauseFacts(ownership, decision.holds, span.nowMs);
  return {
    result: {
      ...{ reportId, reportName, outcome: told.outcome, code: decision.reason, message: told.detail },
      ...{ before: before.reportStatus, after: report.reportStatus },
      ...{ attempts: answer.attempts, durationInMs: answer.durationInMs, requestId: answer.requestId },
      ...(ownership?.kind === 'doubtful' ? { code: 'doubtful' as const } : {}),
    },
    events: [{ name: told.name, reportId, reportName, detail: told.detail, facts }],
  };
}

function tellChange(
  decision: ReportDecision,
  { report, ownership }: Extract<Change, { kind: 'changed' }>,
  { pausedAtMs, nowMs }: { readonly pausedAtMs: number; readonly nowMs: number },
): { outcome: Outcome; name: ReportEvent['name']; detail: string } {
  if (ownership?.kind === 'doubtful') {
    return { outcome: 'doubtful', name: 'ReportDoubtful', detail: ownership.because };
  }
  if (decision.action === 'pause') {
    return { outcome: 'paused', name: 'ReportPaused', detail: 'paused, and seen so' };
  }
  return report.reportStatus === 'Inactive'
    ? { outcome: 'inactive', name: 'ReportExhausted', detail: 'its schedule ran out while it was paused' }
    : {
        outcome: 'resumed',
        name: 'ReportResumed',
        detail: `resumed, and seen so${tellCost(missedExecutions(report, pausedAtMs, nowMs))}`,
      };
}

/** Which executions the pause cost, so that somebody can make up for them. */
function tellCost(missed: readonly number[]): string {
  const shown = missed.slice(0, 3).map((atMs) => utcText(atMs));
  const more = missed.length > shown.length ? ', ...' : '';
  return missed.length === 0
    ? '; no execution was due meanwhile'
    : `; it cost ${missed.length} executions (${shown.join(', ')}${more})`;
}
