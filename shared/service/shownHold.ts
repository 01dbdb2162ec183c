import { type Hold, isLiveAt } from '../model/hold.ts';
import { utcText } from '../windows/formatInstant.ts';

/** A hold as people are shown it. */
export interface ShownHold {
  readonly holder: string;
  readonly state: Hold['state'];
  readonly who: string;
  readonly why: string;
  readonly fromUtc: string;
  /** Null stays until somebody resumes. */
  readonly untilUtc: string | null;
  readonly requestId: string | null;
}

/** Shows one hold. */
export function shownHold({ holder, state, who, why, fromMs, untilMs, requestId }: Hold): ShownHold {
  return {
    holder: holderName(holder),
    ...{ state, who, why, requestId },
    fromUtc: utcText(fromMs),
    untilUtc: untilMs === null ? null : utcText(untilMs),
  };
}

function holderName(holder: Hold['holder']): string {
  switch (holder.kind) {
    case 'window':
      return `window ${holder.window}`;
    case 'webhook':
      return `webhook ${holder.source}`;
    case 'request':
      return 'request';
  }
}

/** When the last of the live holds ends; null where none is live, `whenAsked` where one has no end. */
export function expectedResume(holds: readonly Hold[], nowMs: number): string | null {
  const ends = holds.filter((hold) => isLiveAt(hold, nowMs)).map(({ untilMs }) => untilMs);
  if (ends.length === 0) {
    return null;
  }
  return ends.some((end) => end === null) ? 'whenAsked' : utcText(Math.max(...ends.map((end) => end ?? 0)));
}
