import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import { asLedgerError, type LedgerError } from '../ledger/ledgerError.ts';
import { explained } from '../running/explain.ts';
import { goneOn, isUnfinished } from '../running/goneOn.ts';
import { classOf, isResultCode, type ReportResult } from '../running/reportResult.ts';
import { doneNothing } from '../running/resultOf.ts';
import type { AccountRun } from '../running/runAccount.ts';
import { runAccount } from '../running/runAccount.ts';
import { inSteps, PIECES_AT_ONCE, runInSlices, type Steps } from '../time/steps.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { RunProblem } from './run.ts';
import { type RunFrame, runContextOf } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { shareSeen } from './shareSeen.ts';

/** What stands in the way of a door's whole work. */
export type Obstacle = Pick<RunProblem, 'code' | 'message'>;

/** What a door learns of the reports it asked about: one result each. */
export interface DoorRun {
  readonly results: readonly ReportResult[];
  readonly ran: Extract<AccountRun, { kind: 'ran' }> | null;
  /** What is told beside the results. */
  readonly events: readonly ReportEvent[];
  /** Why nothing could be done at all; null where something could. */
  readonly obstacle: Obstacle | null;
}

/** With less time than this left, it is not begun again. */
const MIN_TIME_IN_MS = 10_000;

/** How long a door waits before it asks again for an account that another run holds. */
const BUSY_WAIT_IN_MS = 500;

/**
 * Acts on these reports now. While another run holds the account, waits for it within the run's time: the holds are
 * written already, so what does not fit is done by the next tick.
 */
export async function actForDoor(
  parts: ServiceParts,
  work: { runtime: AccountRuntime; reportIds: readonly string[]; frame: RunFrame; call: DoorCall },
): Promise<DoorRun> {
  const { runtime, reportIds, frame, call } = work;
  const scope = new Set(reportIds);
  try {
    const run = runContextOf(parts, runtime, frame, call);
    const isTimeLeft = () => parts.clock.now() + MIN_TIME_IN_MS < frame.deadlineMs;
    let ran = await runAccount(run, scope);
    while (isUnfinished(ran) && isTimeLeft()) {
      await parts.clock.sleep(BUSY_WAIT_IN_MS, parts.shutdown);
      ran = goneOn(ran, await runAccount(run, scope));
    }
    await shareSeen(parts, runtime, ran);
    return await runInSlices(readDoorRun(ran, reportIds), parts.giveWay);
  } catch (error) {
    const { code, message } = asLedgerError(error);
    return nothingDone(reportIds, {
      code: code === 'ledger_unreadable' ? code : 'ledger_unavailable',
      message,
    });
  }
}

/** What became of each report that was asked about. Pure. */
export function* readDoorRun(ran: AccountRun, reportIds: readonly string[]): Steps<DoorRun> {
  if (ran.kind === 'busy') {
    return nothingDone(reportIds, {
      code: 'account_busy',
      message: 'another run holds this account; the next tick goes on',
    });
  }
  if (ran.kind === 'unreadable') {
    return nothingDone(reportIds, unreadable(ran.failure));
  }
  const done = new Map(ran.results.map((result) => [result.reportId, result]));
  const decisions = new Map(ran.decided.decisions.map((decision) => [decision.reportId, decision]));
  yield PIECES_AT_ONCE;
  const results: ReportResult[] = [];
  const see = (reportId: string) => {
    const decision = decisions.get(reportId);
    const observation = ran.observations.get(reportId);
    const report = observation?.kind === 'seen' ? observation.report : null;
    results.push(
      done.get(reportId) ??
        (decision === undefined
          ? undone(reportId, 'not_found', explained.not_found.message, 'notFound')
          : asShown(doneNothing(decision, report))),
    );
  };
  yield* inSteps(reportIds, see);
  return {
    results,
    ran,
    events: ran.events,
    obstacle: ran.failure === null ? unlisted(ran, results) : notWritten(ran.failure),
  };
}

/** Where nothing could be listed and nothing was done, the run as a whole was hindered, and not each report for itself. */
function unlisted(
  { listFailure }: Extract<AccountRun, { kind: 'ran' }>,
  results: readonly ReportResult[],
): DoorRun['obstacle'] {
  const isHindered = listFailure !== null && results.every(({ outcome }) => outcome === 'failed');
  return isHindered ? unreadable(listFailure) : null;
}

/** What nothing holds is as it shall be where it was seen active; a report that is not shown, or has run out, is neither. */
function asShown(result: ReportResult): ReportResult {
  if (result.outcome !== 'alreadyActive' || result.after === 'Active') {
    return result;
  }
  return result.after === null
    ? { ...result, outcome: 'notFound', code: 'not_found', message: explained.not_found.message }
    : { ...result, outcome: 'inactive', code: 'inactive', message: explained.inactive.message };
}

/** Whoever asked for a report to run has it where it was seen active, whatever holds without effect it has. */
export function backAlready(result: ReportResult): ReportResult {
  return result.code === 'hold_without_effect' && result.after === 'Active'
    ? { ...result, outcome: 'alreadyActive', message: 'it is active; what holds it is without effect' }
    : result;
}

/** What the storage refused in work that follows what is done already; null where nothing. */
export async function failureOf(after: () => Promise<void>): Promise<LedgerError | null> {
  try {
    await after();
    return null;
  } catch (error) {
    return asLedgerError(error);
  }
}

/** The storage failed after the work: the results stand. */
export function notWritten({ message }: LedgerError): Obstacle {
  return {
    code: 'not_written_down',
    message: `what the results say was done was done, and not all of it could be written down (${message}); the next tick looks again`,
  };
}

function unreadable({ code, message }: InsightsFailure): Obstacle {
  return { code, message: `the reports could not be read: ${message}` };
}

/** A run that could not even begin: each report is left as it is. */
export function nothingDone(reportIds: readonly string[], obstacle: Obstacle): DoorRun {
  const isPassing = isResultCode(obstacle.code) && classOf(obstacle.code).triedAgain === 'inThisRun';
  const code = isPassing ? obstacle.code : 'run_stopped';
  return {
    results: reportIds.map((id) => undone(id, code, obstacle.message, 'skipped')),
    ran: null,
    events: [],
    obstacle,
  };
}

function undone(
  reportId: string,
  code: ReportResult['code'],
  message: string,
  outcome: ReportResult['outcome'],
): ReportResult {
  return {
    ...{ reportId, reportName: '', outcome, code, message, before: null, after: null },
    ...{ attempts: 0, durationInMs: 0, requestId: null },
  };
}
