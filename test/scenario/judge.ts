import type { RecordedChange } from './insightsWorld.ts';
import { SERVICE_CLIENT_ID } from './scenarioCloud.ts';

/** What the judge knows. The ledger is only asked what holds a report that is still paused, never who paused it. */
export interface Evidence {
  /** The emulator's record, oldest first. */
  readonly changes: readonly RecordedChange[];
  readonly statuses: ReadonlyMap<string, string>;
  /**
   * People who paused a report that was paused already, where the API leaves a trace of it: `afterSeq` is the last
   * recorded change before.
   */
  readonly repeatedPauses: readonly { readonly reportId: string; readonly afterSeq: number }[];
  /** Reports that a person gave us to resume (`takeOver`), or of which nobody can know who paused them. */
  readonly exempt: ReadonlySet<string>;
  /** Reports that a live hold wants paused at the end. */
  readonly held: ReadonlySet<string>;
  /** Reports that the last run named as undone, doubtful or unseen, or about which an event told why they stay. */
  readonly told: ReadonlySet<string>;
  /** True where the last run had a problem that concerns the whole account. */
  readonly isAlarmed: boolean;
}

/** What the product did wrong, a sentence each; empty where it kept its two promises. Pure. */
export function judge(evidence: Evidence): readonly string[] {
  return [...resumedForeign(evidence), ...stranded(evidence)];
}

/** Whose is the pause that each report is in, after the changes up to `seq`. */
function resumedForeign({ changes, repeatedPauses, exempt }: Evidence): readonly string[] {
  const pausedByUs = new Map<string, boolean>();
  return changes.flatMap((change) => {
    const { reportId, to, atUtc, operation } = change;
    const repeated = repeatedPauses.some(
      (one) =>
        one.reportId === reportId && one.afterSeq < change.seq && one.afterSeq >= lastPause(changes, change),
    );
    const isOurs = (pausedByUs.get(reportId) ?? false) && !repeated;
    if (to === 'Paused') {
      pausedByUs.set(reportId, isByUs(change));
    }
    const isWrong = isByUs(change) && operation === 'resume' && !isOurs && !exempt.has(reportId);
    return isWrong ? [`at ${atUtc} we resumed ${reportId}, which a person had paused`] : [];
  });
}

function lastPause(changes: readonly RecordedChange[], before: RecordedChange): number {
  const earlier = changes.filter(
    ({ reportId, to, seq }) => reportId === before.reportId && to === 'Paused' && seq < before.seq,
  );
  return earlier.at(-1)?.seq ?? 0;
}

function stranded({ changes, statuses, held, told, isAlarmed }: Evidence): readonly string[] {
  return [...statuses].flatMap(([reportId, status]) => {
    const last = changes.findLast((change) => change.reportId === reportId && change.to === 'Paused');
    const isOurs = status === 'Paused' && last !== undefined && isByUs(last);
    const isAccounted = held.has(reportId) || told.has(reportId) || isAlarmed;
    return isOurs && !isAccounted ? [`we left ${reportId} paused, without a hold and without a word`] : [];
  });
}

/** Whether the service's own token made the change. */
export function isByUs({ by }: RecordedChange): boolean {
  return by.clientId === SERVICE_CLIENT_ID;
}
