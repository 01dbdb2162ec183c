import type { Hold } from '../model/hold.ts';
import type { Evidence, Observation, Ownership, PauseMovesModifiedTime } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import type { Reason } from './reasons.ts';
import type { ReportEvent } from './reportEvent.ts';
import { settleActive } from './settleActive.ts';
import { close } from './settled.ts';
import { settlePaused } from './settlePaused.ts';

/** What the evidence makes of an ownership; `wait` names why nothing may be done about the report yet. */
export interface Settled {
  readonly ownership: Ownership | null;
  readonly wait: Reason | null;
  /** What becomes of the report's live holds. */
  readonly holdsBecome: 'live' | 'foreign' | 'dropped';
  readonly events: readonly ReportEvent[];
}

/** One report of the ledger, and what was seen of it. */
export interface SettleInput {
  readonly ownership: Ownership;
  readonly seen: Extract<Observation, { kind: 'seen' }>;
  readonly liveHolds: readonly Hold[];
  readonly learned: PauseMovesModifiedTime;
  /** Why a person settles a doubtful pause as ours; null where nobody does. */
  readonly takeOver: string | null;
  readonly timing: ReadTiming;
}

/** How far reads are trusted. */
export interface ReadTiming {
  /** After a confirmed pause a read may still show the old status for so long. */
  readonly staleReadGraceInMs: number;
  /** Two reads count as two only when they are this far apart. */
  readonly betweenReadsInMs: number;
}

/** The part of a report that tells whether somebody touched it. */
export function evidenceOf(report: Report): Evidence {
  return { modifiedTime: report.modifiedTime, contentHash: report.contentHash };
}

/** Holds the ledger's word against what was just seen: the rows of "Whose pause is it?". Pure. */
export function settle(input: SettleInput): Settled {
  const { report } = input.seen;
  const { reportName, queryId } = report;
  const ownership = { ...input.ownership, reportName, queryId, notFoundSinceMs: null };
  const refreshed = { ...input, ownership };
  switch (report.reportStatus) {
    case 'Inactive': {
      const detail = 'its schedule has run out, so nothing is left to resume';
      return close(refreshed, 'exhausted', 'ReportExhausted', detail);
    }
    case 'Active':
      return settleActive(refreshed);
    case 'Paused':
      return settlePaused(refreshed, evidenceOf(report));
  }
}
