import type { ReportDecision } from '../deciding/decideReport.ts';
import type { ClosedHold } from '../deciding/reconcileHolds.ts';
import type { HistoryEntry } from '../ledger/history.ts';
import type { Ownership, TrailEntry } from '../model/ownership.ts';
import type { HeldRun } from './runContext.ts';

/** Of a long list of holders so many are named, and so much of what each said. */
const MAX_HOLDERS = 5;
const MAX_WHY = 400;

/** What a run did to a report, for the report's own row. */
export function trailEntry(
  run: Pick<HeldRun, 'clock' | 'who' | 'runId'>,
  decision: ReportDecision,
  closed: readonly ClosedHold[],
  done: Pick<TrailEntry, 'what' | 'observed' | 'requestId'>,
): TrailEntry {
  const { clock, runId } = run;
  const who = whoOf(decision, closed, run.who);
  return { ...done, atMs: clock.now(), who, runId, why: whyOf(decision, decision.reason) };
}

/** Whose doing a change is: who holds the report from now on, or whose hold ended; else who set the run off. Pure. */
export function whoOf(
  { action, holds }: ReportDecision,
  closed: readonly ClosedHold[],
  otherwise: string,
): string {
  const people =
    action === 'pause'
      ? holds.filter(({ state }) => state === 'live').map(({ who }) => who)
      : closed.map(({ hold }) => hold.ended?.by ?? hold.who);
  const named = [...new Set(action === 'none' ? [] : people)].slice(0, MAX_HOLDERS);
  return named.length === 0 ? otherwise : named.join(', ');
}

/** The reason, what came in its way, and who holds the report. Pure. */
export function whyOf({ reason, holds }: ReportDecision, code: string): string {
  const holders = [
    ...new Set(holds.filter(({ state }) => state === 'live').map(({ who, why }) => `${who}: ${why}`)),
  ];
  const told = [reason, ...(code === reason ? [] : [code]), ...holders.slice(0, MAX_HOLDERS)].join('; ');
  return told.slice(0, MAX_WHY).toWellFormed();
}

/** The row's trail as history, for when the row goes. Pure. */
export function historyOfTrail({ reportId, trail }: Ownership): readonly HistoryEntry[] {
  return trail.map((entry) => ({ reportId, ...entry }));
}
