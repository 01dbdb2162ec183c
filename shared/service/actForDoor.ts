import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { ReportResult } from '../running/reportResult.ts';
import { doneNothing } from '../running/resultOf.ts';
import type { AccountRun } from '../running/runAccount.ts';
import { runAccount } from '../running/runAccount.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type RunFrame, runContextOf } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { windowsForDoor } from './windowsNow.ts';

/** What a door learns of the reports it asked about: one result each. */
export interface DoorRun {
  readonly results: readonly ReportResult[];
  readonly ran: Extract<AccountRun, { kind: 'ran' }> | null;
  /** What is told beside the results. */
  readonly events: readonly ReportEvent[];
  /** Why nothing could be done at all; null where something could. */
  readonly obstacle: { readonly code: string; readonly message: string } | null;
}

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
    const windows = await windowsForDoor(parts);
    const run = runContextOf(parts, runtime, { ...frame, windows }, call);
    let ran = await runAccount(run, scope);
    while (ran.kind === 'busy' && parts.clock.now() + BUSY_WAIT_IN_MS < frame.deadlineMs) {
      await parts.clock.sleep(BUSY_WAIT_IN_MS, parts.shutdown);
      ran = await runAccount(run, scope);
    }
    return readDoorRun(ran, reportIds);
  } catch (error) {
    const { code, message } = asLedgerError(error);
    return nothingDone(reportIds, {
      code: code === 'ledger_unreadable' ? code : 'ledger_unavailable',
      message,
    });
  }
}

function readDoorRun(ran: AccountRun, reportIds: readonly string[]): DoorRun {
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
  const results = reportIds.map((reportId) => {
    const decision = decisions.get(reportId);
    const observation = ran.observations.get(reportId);
    const report = observation?.kind === 'seen' ? observation.report : null;
    return (
      done.get(reportId) ??
      (decision === undefined
        ? undone(reportId, 'not_found', 'the service shows no such report', 'notFound')
        : doneNothing(decision, report))
    );
  });
  return { results, ran, events: ran.events, obstacle: null };
}

function unreadable({ code, message }: InsightsFailure): { code: string; message: string } {
  return { code, message: `the reports could not be read: ${message}` };
}

/** A run that could not even begin: each report is left as it is. */
export function nothingDone(
  reportIds: readonly string[],
  obstacle: { code: string; message: string },
): DoorRun {
  const code = passingCodeOf(obstacle.code) ?? 'run_stopped';
  return {
    results: reportIds.map((id) => undone(id, code, obstacle.message, 'skipped')),
    ran: null,
    events: [],
    obstacle,
  };
}

/** An obstacle that passes by itself, so that the same work may succeed a little later; null for any other. */
function passingCodeOf(code: string): 'account_busy' | 'throttled' | null {
  return code === 'account_busy' || code === 'throttled' ? code : null;
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
