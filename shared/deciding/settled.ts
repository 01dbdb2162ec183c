import type { Hold } from '../model/hold.ts';
import type { Observation, Ownership, PauseMovesModifiedTime } from '../model/ownership.ts';
import type { Reason } from './reasons.ts';
import type { ReportEvent } from './reportEvent.ts';

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

/** The ownership stays; `wait` names why nothing may be done yet, null where something may. */
export function keep(ownership: Ownership, wait: Reason | null): Settled {
  return { ownership, wait, holdsBecome: 'live', events: [] };
}

/** The report is no longer ours to look after. */
export function close(
  input: SettleInput,
  wait: Reason | null,
  name: ReportEvent['name'],
  detail: string,
): Settled {
  return { ownership: null, wait, holdsBecome: 'live', events: [eventOf(input, name, detail)] };
}

/** What is told of the report at hand. */
export function eventOf(input: SettleInput, name: ReportEvent['name'], detail: string): ReportEvent {
  const { reportId, reportName } = input.seen.report;
  return { name, reportId, reportName, detail };
}

/** True where an attempt of ours may still have taken effect after that read, or may yet. */
export function isUnderWay(
  ownership: Extract<Ownership, { kind: 'pausing' | 'resuming' }>,
  input: SettleInput,
): boolean {
  const last = ownership.attempts.at(-1);
  return last !== undefined && serviceReadMs(input) <= last.untilServiceMs;
}

/** When the report was read, on the service's clock. */
export function serviceReadMs({ seen }: SettleInput): number {
  return seen.readAtMs + seen.serviceOffsetInMs;
}
