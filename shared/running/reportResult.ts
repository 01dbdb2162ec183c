import type { Reason } from '../deciding/reasons.ts';
import type { InsightsFailureCode } from '../insights/insightsFailure.ts';
import type { ReportStatus } from '../model/report.ts';

/** What came of one report in one run. */
export type Outcome =
  | 'paused'
  | 'alreadyPaused'
  | 'foreign'
  | 'resumed'
  | 'alreadyActive'
  | 'stillHeld'
  | 'inactive'
  | 'notFound'
  | 'forbidden'
  | 'doubtful'
  | 'adopted'
  | 'skipped'
  | 'failed';

/** What became of a pause that an event calls ours. */
export type AdoptionCode = 'adopted' | 'owned_already' | 'not_as_recorded';

/** Why nothing more was tried. */
export type StopCode = 'out_of_time' | 'run_stopped' | 'account_busy' | 'lease_lost' | 'ledger_unavailable';

/** The result of one report: one outcome, one stable code, and what support needs. */
export interface ReportResult {
  readonly reportId: string;
  readonly reportName: string;
  readonly outcome: Outcome;
  readonly code: Reason | InsightsFailureCode | StopCode | AdoptionCode;
  readonly message: string;
  /** The status read before anything was done, and the last one seen; null where none was. */
  readonly before: ReportStatus | null;
  readonly after: ReportStatus | null;
  readonly attempts: number;
  readonly durationInMs: number;
  /** `MS-RequestId` of the call; null where none was made. */
  readonly requestId: string | null;
}

export type RunStatus = 'ok' | 'partial' | 'failed';

const bad: ReadonlySet<Outcome> = new Set(['notFound', 'forbidden', 'doubtful', 'failed']);
const notDone: ReadonlySet<ReportResult['code']> = new Set([
  'out_of_time',
  'run_stopped',
  'account_busy',
  'lease_lost',
  'ledger_unavailable',
  'attempt_under_way',
]);

/** Which door set a run off: what is done depends on what was asked. */
export type RunDoor = 'tick' | 'pause' | 'resume' | 'drain' | 'adopt' | 'webhook';

/** What a person who asked through this door takes for an end of it; anything else leaves the report as it was. */
const ENDS: { readonly [Door in 'pause' | 'resume' | 'drain' | 'adopt']: ReadonlySet<Outcome> } = {
  pause: new Set(['paused', 'alreadyPaused', 'foreign', 'inactive']),
  resume: new Set(['resumed', 'alreadyActive', 'foreign', 'inactive', 'stillHeld']),
  drain: new Set(['resumed', 'alreadyActive', 'foreign', 'inactive']),
  adopt: new Set(['adopted', 'alreadyPaused', 'alreadyActive', 'inactive']),
};

/** True where what the run should have done to the report is not done. */
export function isUndone({ outcome, code }: ReportResult, door: RunDoor): boolean {
  if (bad.has(outcome) || notDone.has(code)) {
    return true;
  }
  const isAsked = door !== 'tick' && door !== 'webhook';
  return isAsked && code !== 'hold_without_effect' && !ENDS[door].has(outcome);
}

/** `ok` where nothing is undone, `failed` where everything is, else `partial`. Computed, never counted along the way. */
export function statusOf(results: readonly ReportResult[], door: RunDoor): RunStatus {
  const undone = results.filter((result) => isUndone(result, door)).length;
  if (undone === 0) {
    return 'ok';
  }
  return undone === results.length ? 'failed' : 'partial';
}

/** How many reports came to each outcome. */
export function countOutcomes(results: readonly ReportResult[]): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { outcome } of results) {
    counts[outcome] = (counts[outcome] ?? 0) + 1;
  }
  return counts;
}
