import type { ReportSelector } from './reportSelector.ts';

/**
 * A person's word that reports are left out of windows until an instant. It counts from when it is said; until then what a window
 * holds of them alone comes back, and afterwards a window that is still open takes them in again. It touches no other hold.
 * Instants are epoch milliseconds.
 */
export interface Exemption {
  /** Unique within its account. */
  readonly id: string;
  /** Ids, or what matches: looked up each time, so that a report that appears later is left out too. */
  readonly reports: ReportSelector;
  /** Names of windows; null is every window of the account. */
  readonly windows: readonly string[] | null;
  /** Exclusive. */
  readonly untilMs: number;
  /** The IANA zone in which people are told the end; null where none was named. */
  readonly timeZone: string | null;
  /** Who said so as quotas go by it, and as people are shown it. */
  readonly caller: string;
  readonly by: string;
  readonly why: string;
  readonly atMs: number;
  /** The place of the request that wrote it last; an earlier one changes nothing any more. */
  readonly place: number;
  /** What was asked for, as a hash, where the request had a key of its own; else null. */
  readonly asked: string | null;
  /** Set when a person ended it early. */
  readonly ended: ExemptionEnd | null;
}

/** Who ended an exemption before its time. */
interface ExemptionEnd {
  readonly by: string;
  readonly why: string;
  readonly atMs: number;
}

/** What is over is kept for so long: so late its request may come again by its key, and one that was overtaken may write. */
const KEPT_IN_MS = 25 * 3_600_000;

/** Whether it is over for so long that it is needed no more. Pure. */
export function isExemptionForgotten({ untilMs, ended, atMs }: Exemption, nowMs: number): boolean {
  return nowMs - Math.max(atMs, ended?.atMs ?? untilMs) > KEPT_IN_MS;
}

/** Whether it counts at an instant that is not before it was said. Pure. */
export function isExemptingAt(
  { untilMs, ended }: Pick<Exemption, 'untilMs' | 'ended'>,
  atMs: number,
): boolean {
  return ended === null && atMs < untilMs;
}
