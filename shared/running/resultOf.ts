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
    ...seenOutcome(
      decision.reason === 'hold_without_effect' && isDropped ? 'skipped' : outcome,
      message,
      report,
    ),
    code: decision.reason,
    before: status,
    after: status,
    attempts: 0,
    durationInMs: 0,
    requestId: null,
  };
}

/** Active is said of what was seen so, and of nothing else. */
function seenOutcome(
  outcome: Outcome,
  message: string,
  report: Report | null,
): Pick<ReportResult, 'outcome' | 'message'> {
  if (outcome !== 'alreadyActive' || report?.reportStatus === 'Active') {
    return { outcome, message };
  }
  if (report === null) {
    return { outcome: 'notFound', message: 'nothing holds it, and the service shows no such report' };
  }
  return report.reportStatus === 'Inactive'
    ? { outcome: 'inactive', message: 'nothing holds it, and its schedule has run out' }
    : { outcome: 'foreign', message: 'nothing of ours holds it, and it is paused' };
}

/** The result of a report that the run no longer came to. */
export function stoppedResult(decision: ReportDecision, report: Report | null, code: StopCode): ReportResult {
  const status = report?.reportStatus ?? null;
  return {
    ...{ ...namesOf(decision, report), outcome: 'skipped', code, message: stopMessages[code] },
    ...{ before: status, after: status, attempts: 0, durationInMs: 0, requestId: null },
  };
}

/** The result of a change that left and that no read has shown yet. */
export function unconfirmedResult(
  decision: ReportDecision,
  before: Report | null,
  { report, facts }: Extract<Change, { kind: 'unconfirmed' }>,
): ReportResult {
  const { attempts, durationInMs, requestId } = facts;
  const verb = decision.action === 'pause' ? 'pause' : 'resume';
  return {
    ...{ ...namesOf(decision, before), outcome: 'skipped', code: 'unconfirmed' },
    message: `the ${verb} was sent, and no read shows it yet; it is looked at again`,
    ...{ before: before?.reportStatus ?? null, after: report?.reportStatus ?? null },
    ...{ attempts, durationInMs, requestId },
  };
}

function namesOf({ reportId, ownership }: ReportDecision, report: Report | null) {
  return { reportId, reportName: report?.reportName ?? ownership?.reportName ?? '' };
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

/** The result of a change that was refused, or never left. */
export function failedResult(
  decision: ReportDecision,
  before: Report | null,
  { report, failure }: Extract<Change, { kind: 'failed' }>,
): ReportResult {
  return {
    ...lookUpFailed(decision, failure),
    ...namesOf(decision, before),
    ...{ before: before?.reportStatus ?? null, after: report?.reportStatus ?? null },
  };
}

/** The result of a change that a read by id showed, and what is told of it. */
export function changedResult(
  decision: ReportDecision,
  before: Report | null,
  change: Extract<Change, { kind: 'changed' }>,
  span: { readonly pausedAtMs: number; readonly nowMs: number },
): { readonly result: ReportResult; readonly events: readonly EventWithFacts[] } {
  const { report, ownership, facts } = change;
  const { reportId, reportName } = report;
  const told = tellChange(decision, change, span);
  return {
    result: {
      ...{ reportId, reportName, outcome: told.outcome, code: decision.reason, message: told.detail },
      ...{ before: before?.reportStatus ?? null, after: report.reportStatus },
      ...{ attempts: facts.attempts, durationInMs: facts.durationInMs, requestId: facts.requestId },
    },
    events: [
      {
        ...{ name: told.name, reportId, reportName, detail: told.detail },
        facts: pauseFacts(ownership, decision.holds, span.nowMs),
      },
    ],
  };
}

function tellChange(
  decision: ReportDecision,
  { report }: Extract<Change, { kind: 'changed' }>,
  { pausedAtMs, nowMs }: { readonly pausedAtMs: number; readonly nowMs: number },
): { outcome: Outcome; name: ReportEvent['name']; detail: string } {
  if (decision.action === 'pause') {
    return { outcome: 'paused', name: 'ReportPaused', detail: 'paused, and seen so' };
  }
  const cost = tellCost(missedExecutions(report, pausedAtMs, nowMs));
  return { outcome: 'resumed', name: 'ReportResumed', detail: `resumed, and seen so${cost}` };
}

/** Which executions the pause cost, so that somebody can make up for them. */
function tellCost(missed: readonly number[]): string {
  const shown = missed.slice(0, 3).map((atMs) => utcText(atMs));
  const more = missed.length > shown.length ? ', ...' : '';
  return missed.length === 0
    ? '; no execution was due meanwhile'
    : `; it cost ${missed.length} executions (${shown.join(', ')}${more})`;
}
