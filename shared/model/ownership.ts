import type { Report } from './report.ts';

/** What a read showed of a report, as far as it tells whether somebody touched it. */
export interface Evidence {
  readonly modifiedTime: string | null;
  readonly contentHash: string;
}

/** When one attempt of a PUT may have taken effect, on the service's clock, to the second, both ends included. */
export interface AttemptInterval {
  readonly fromServiceMs: number;
  readonly untilServiceMs: number;
}

/** Facts that every state of ownership keeps. */
interface Common {
  readonly reportId: string;
  /** The name last seen, for people. */
  readonly reportName: string;
  /** The query last seen: a new Active report of this name and query is a re-created twin. */
  readonly queryId: string;
  readonly sinceMs: number;
  /** When a read first showed the report Active although it should be paused; null where none did. */
  readonly seenActiveAtMs: number | null;
  /** Since when look-ups by id answer 404 while other reports are visible; null where the last one found it. */
  readonly notFoundSinceMs: number | null;
}

/**
 * What the ledger knows of one report that we paused, or may have paused.
 * - `pausing`: the intent is written, the outcome is not.
 * - `paused`: the pause was seen, and it is ours.
 * - `resuming`: as `pausing`, for the way back.
 * - `doubtful`: the evidence contradicts itself; never resumed by itself, alarmed until a person settles it.
 */
export type Ownership = Common &
  (
    | { readonly kind: 'pausing'; readonly before: Evidence; readonly attempts: readonly AttemptInterval[] }
    | { readonly kind: 'paused'; readonly kept: Evidence; readonly owed: string | null }
    | { readonly kind: 'resuming'; readonly kept: Evidence; readonly attempts: readonly AttemptInterval[] }
    | { readonly kind: 'doubtful'; readonly because: string }
  );

/** What the ledger has learned of an account's API. */
export type PauseMovesModifiedTime = 'yes' | 'no' | 'unknown';

/** What was seen of one report at one instant. */
export type Observation =
  | {
      readonly kind: 'seen';
      readonly report: Report;
      readonly readAtMs: number;
      /** The service's clock minus ours at that read. */
      readonly serviceOffsetInMs: number;
    }
  /** The list was complete and did not hold it; nobody asked by id. */
  | { readonly kind: 'absent' }
  /** 404 by id while the list showed others. */
  | { readonly kind: 'notFound' };
