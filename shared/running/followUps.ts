import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { RowWrite } from '../ledger/fencedWriter.ts';
import { encodeRow, type FollowUp, rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Observation, Ownership } from '../model/ownership.ts';
import type { Report, ReportExecution } from '../model/report.ts';
import { executionsWithin } from '../windows/executions.ts';
import { utcText } from '../windows/formatInstant.ts';
import { noteWrite } from './notes.ts';
import type { HeldRun } from './runContext.ts';

/** An execution takes its time: it is first looked for so long after it was due, and missed after a day. */
export const LOOK_AFTER_MS = 2 * 3_600_000;
const MISSED_AFTER_MS = 26 * 3_600_000;
/** The longest interval that the service allows is 2160 hours. */
const HORIZON_MS = 2160 * 3_600_000;
const MAX_COUNTED = 10_000;
const MAX_LOOKED_UP = 200;

/** What became of the first execution of a report after its resume; a completed one has when it was generated. */
export type FollowedUp =
  | { readonly kind: 'completed'; readonly reportName: string; readonly completedMs: number }
  | { readonly kind: 'missing' };

/** What a pause cost a report: the executions that were due while it lasted. */
export function missedExecutions(report: Report, pausedAtMs: number, resumedAtMs: number): readonly number[] {
  return executionsWithin(report, pausedAtMs, resumedAtMs, MAX_COUNTED);
}

/** The row that remembers to look at a resumed report's next execution; none where none is expected. */
export function followUpWrite(accountKey: string, report: Report, resumedAtMs: number): readonly RowWrite[] {
  const [nextExpectedMs] = executionsWithin(report, resumedAtMs, resumedAtMs + HORIZON_MS, 1);
  if (nextExpectedMs === undefined) {
    return [];
  }
  const { reportId, reportName } = report;
  const followUp: FollowUp = { reportId, reportName, nextExpectedMs };
  return [{ kind: 'put', row: encodeRow(accountKey, rowKeys.followUp(reportId), followUp) }];
}

/** What became of first executions after a resume: what is told of them, and of each by its report. */
export interface FollowUpsSettled {
  readonly events: readonly ReportEvent[];
  readonly outcomes: ReadonlyMap<string, FollowedUp>;
}

const nothingSettled: FollowUpsSettled = { events: [], outcomes: new Map() };

/** Looks whether the first execution after a resume was completed, and closes what is settled, with a note of what is to be told. */
export async function lookAfter(
  run: HeldRun,
  snapshot: AccountSnapshot,
  observations: ReadonlyMap<string, Observation>,
): Promise<FollowUpsSettled> {
  const nowMs = run.clock.now();
  const due = [...snapshot.followUps.values()]
    .filter(
      ({ reportId, nextExpectedMs }) =>
        nextExpectedMs + LOOK_AFTER_MS <= nowMs && !isKeptPaused(snapshot.ownerships.get(reportId)),
    )
    .slice(0, MAX_LOOKED_UP);
  if (due.length === 0) {
    return nothingSettled;
  }
  // One id that is gone makes the service answer 404 for all of them.
  const shown = due.filter(({ reportId }) => observations.get(reportId)?.kind === 'seen');
  const executions = shown.length === 0 ? [] : await completedExecutions(run, shown);
  if (executions === null) {
    return nothingSettled;
  }
  const settled = due.flatMap((followUp) => judgeFollowUp(followUp, executions, nowMs));
  const events = settled.map(({ event }) => event);
  const writes = events.map((event): readonly RowWrite[] => [
    { kind: 'delete', rowKey: rowKeys.followUp(event.reportId) },
    noteWrite(run.accountKey, event),
  ]);
  await Promise.all(writes.map(run.held.writer.write));
  return { events, outcomes: new Map(settled.map(({ event, outcome }) => [event.reportId, outcome])) };
}

/** The same of an event that a run before this one wrote down and did not get to tell. */
export function outcomeOfEvent({ name, reportName }: ReportEvent, nowMs: number): FollowedUp | null {
  switch (name) {
    case 'ExecutionCompleted':
      return { kind: 'completed', reportName, completedMs: nowMs };
    case 'ExecutionMissing':
      return { kind: 'missing' };
    default:
      return null;
  }
}

function isKeptPaused(ownership: Ownership | undefined): boolean {
  return ownership !== undefined && ownership.kind !== 'resumed' && ownership.kind !== 'ended';
}

async function completedExecutions(
  run: HeldRun,
  followUps: readonly FollowUp[],
): Promise<readonly ReportExecution[] | null> {
  const answer = await run.client.executions(
    followUps.map(({ reportId }) => reportId),
    { executionStatus: ['Completed'], getLatestExecution: true },
    { correlationId: run.correlationId, signal: run.signal, deadlineMs: run.deadlineMs },
  );
  return answer.ok ? answer.value : null;
}

function judgeFollowUp(
  { reportId, reportName, nextExpectedMs }: FollowUp,
  executions: readonly ReportExecution[],
  nowMs: number,
): readonly { readonly event: ReportEvent; readonly outcome: FollowedUp }[] {
  const due = utcText(nextExpectedMs);
  const doneMs = executions.flatMap((one) =>
    one.reportId === reportId && one.generatedTimeMs !== null && one.generatedTimeMs >= nextExpectedMs
      ? [one.generatedTimeMs]
      : [],
  );
  if (doneMs.length > 0) {
    const detail = `the first execution after the resume, due ${due}, is done`;
    return [
      {
        event: { name: 'ExecutionCompleted', reportId, reportName, detail },
        outcome: { kind: 'completed', reportName, completedMs: Math.min(...doneMs) },
      },
    ];
  }
  const detail = `the first execution after the resume, due ${due}, never completed; there is no failed state, so look at the report`;
  return nextExpectedMs + MISSED_AFTER_MS > nowMs
    ? []
    : [
        {
          event: { name: 'ExecutionMissing', reportId, reportName, detail },
          outcome: { kind: 'missing' },
        },
      ];
}
