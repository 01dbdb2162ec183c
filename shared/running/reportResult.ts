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
  | 'skipped'
  | 'failed';

/** Why nothing more was tried. */
export type StopCode = 'out_of_time' | 'run_stopped' | 'account_busy' | 'lease_lost' | 'ledger_unavailable';

/** The result of one report: one outcome, one stable code, and what support needs. */
export interface ReportResult {
  readonly reportId: string;
  readonly reportName: string;
  readonly outcome: Outcome;
  readonly code: Reason | InsightsFailureCode | StopCode;
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

/** True where what the run should have done to the report is not done. */
export function isUndone(result: ReportResult): boolean {
  return bad.has(result.outcome) || notDone.has(result.code);
}

/** `ok` where nothing is undone, `failed` where everything is, else `partial`. Computed, never counted along the way. */
export function statusOf(results: readonly ReportResult[]): RunStatus {
  const undone = results.filter(isUndone).length;
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
