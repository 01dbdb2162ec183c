import type { OccurrenceEnd } from './occurrenceEnd.ts';

/** Whose reason it is: a window's occurrence, somebody's request through a door, or what a webhook said about one key. */
export type Holder =
  | { readonly kind: 'window'; readonly window: string; readonly occurrence: string }
  | { readonly kind: 'request'; readonly caller: string }
  | { readonly kind: 'webhook'; readonly source: string; readonly key: string };

/** A holder in words, for people and telemetry. */
export function holderText(holder: Holder): string {
  switch (holder.kind) {
    case 'window':
      return `window ${holder.window} ${holder.occurrence}`;
    case 'request':
      return `request of ${holder.caller}`;
    case 'webhook':
      return `webhook ${holder.source} ${holder.key}`;
  }
}

/**
 * One reason why a report shall be paused now.
 * - `live`: wants the pause.
 * - `foreign`: found the report paused by a human, or saw a human pause it, and leaves it alone until it ends.
 * - `dropped`: a human resumed the report, or asked for it, and the hold stays without effect until it ends.
 */
export interface Hold {
  /** Unique for its report; a repeat with the same id replaces. */
  readonly holdId: string;
  /** UUID in lower case. */
  readonly reportId: string;
  readonly holder: Holder;
  readonly state: 'live' | 'foreign' | 'dropped';
  /** Who asked, as far as the door knows: a window's name, a key, a principal. */
  readonly who: string;
  /** Why, in the asker's words, capped. */
  readonly why: string;
  readonly fromMs: number;
  /** Exclusive; null stays until somebody resumes. */
  readonly untilMs: number | null;
  readonly onManualResume: 'respect' | 'reassert';
  readonly requestId: string | null;
  readonly createdMs: number;
  /** The place of the request in the account's order; 0 for a window's, which has none. */
  readonly place: number;
  /** Set when a person ended it through a door; the leaseholder then closes it. */
  readonly ended: { readonly by: string; readonly why: string; readonly atMs: number } | null;
}

/** True where the hold wants its report paused at `nowMs`. */
export function isLiveAt(hold: Hold, nowMs: number): boolean {
  return hold.state === 'live' && hold.fromMs <= nowMs && !isOverAt(hold, nowMs);
}

/** True where the hold's own end has come, or a person ended it. */
export function isOverAt(hold: Hold, nowMs: number): boolean {
  return hold.ended !== null || (hold.untilMs !== null && hold.untilMs <= nowMs);
}

/**
 * Holds of windows with the ends that people said of their occurrences: such a hold ends then at the latest, whatever can be
 * read of its window, and whoever ended it is who asked for what comes of it. One that is to last longer is written so. Pure.
 */
export function untilSaid(ends: readonly OccurrenceEnd[]): (hold: Hold) => Hold {
  const said = new Map(ends.map((end) => [`${end.window} ${end.fromMs}`, end]));
  return (hold) => {
    const { holder, untilMs } = hold;
    const end =
      holder.kind === 'window' ? said.get(`${holder.window} ${Date.parse(holder.occurrence)}`) : undefined;
    if (end === undefined || (untilMs !== null && untilMs <= end.untilMs)) {
      return hold;
    }
    const who = end.said === 'ended' ? `${end.by}, who ended window ${end.window}` : hold.who;
    return { ...hold, who, untilMs: end.untilMs };
  };
}

/** Whether it is a hold of that occurrence. Pure. */
export function isOfOccurrence(
  { holder }: Pick<Hold, 'holder'>,
  { window, fromMs }: Pick<OccurrenceEnd, 'window' | 'fromMs'>,
): boolean {
  return holder.kind === 'window' && holder.window === window && Date.parse(holder.occurrence) === fromMs;
}
