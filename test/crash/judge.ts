import type { RecordedChange } from './cloud.ts';

/** What must not be so, by the emulator's own record. */
export interface Verdict {
  /** Resumed by the service although the last to pause it was a person. */
  readonly foreignResumes: readonly string[];
  /** Paused, the last to pause it was the service, and nothing names it. */
  readonly stranded: readonly string[];
}

/**
 * Judges by who changed what. `excused` are the reports that are rightly paused at the end: still held, or doubtful
 * and alarmed.
 */
export function judge(changes: readonly RecordedChange[], excused: ReadonlySet<string>): Verdict {
  const pausedBy = new Map<string, RecordedChange['by']['kind']>();
  const foreignResumes: string[] = [];
  for (const { reportId, to, by, seq } of changes) {
    if (to === 'Paused') {
      pausedBy.set(reportId, by.kind);
      continue;
    }
    if (by.kind === 'app' && pausedBy.get(reportId) !== 'app') {
      foreignResumes.push(`${reportId} #${seq}`);
    }
    pausedBy.delete(reportId);
  }
  const stranded = [...pausedBy].filter(([id, kind]) => kind === 'app' && !excused.has(id)).map(([id]) => id);
  return { foreignResumes, stranded };
}
