import type { ExplainedReport } from '../asking/answers.ts';

/** A stretch of time in which a report was paused by us; without an end it still is. */
export interface PausedStretch {
  readonly fromMs: number;
  readonly untilMs: number | null;
}

/** When a report was paused by us, as its history tells it, oldest first. Pure. */
export function pausesIn(history: ExplainedReport['history']): readonly PausedStretch[] {
  const stretches: PausedStretch[] = [];
  let sinceMs: number | null = null;
  for (const { atUtc, what } of history.toSorted((one, other) => one.atUtc.localeCompare(other.atUtc))) {
    const atMs = Date.parse(atUtc);
    if (what === 'paused') {
      sinceMs ??= atMs;
    } else if (sinceMs !== null && ENDS.has(what)) {
      stretches.push({ fromMs: sinceMs, untilMs: atMs });
      sinceMs = null;
    }
  }
  return sinceMs === null ? stretches : [...stretches, { fromMs: sinceMs, untilMs: null }];
}

/** What ends a pause of ours, by us or by a person. */
const ENDS = new Set([
  'resumed',
  'ManualResumeRespected',
  'ReportAcknowledged',
  'ReportGone',
  'ReportExhausted',
]);
