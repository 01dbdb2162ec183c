import type { TrailEntry } from '../model/ownership.ts';

/** Something that happened to a report. */
export interface ShownHistoryEntry extends Omit<TrailEntry, 'atMs'> {
  readonly atUtc: string;
  /** All of it in one sentence for people. */
  readonly inWords: string;
}

/** What happened to one report, newest first. */
export interface ShownReportHistory {
  readonly account: string;
  readonly reportId: string;
  /** Empty where it is not known. */
  readonly reportName: string;
  readonly entries: readonly ShownHistoryEntry[];
}
