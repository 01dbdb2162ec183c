import type { Decided, ReadWindows } from '../deciding/decide.ts';
import { type HoldsEnd, rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot, StoredExemption } from '../ledger/snapshot.ts';
import { isExemptionForgotten } from '../model/exemption.ts';
import { isForgotten } from '../windows/asSaid.ts';
import type { HeldRun } from './runContext.ts';

/** What ended holds is kept for so long at least: so late may a webhook's delivery be sent again. */
const ENDS_KEPT_IN_MS = 25 * 3_600_000;

/**
 * Holds that are over are deleted last: until then a killed run decides the same again. One that an open request may
 * write again stays, so that what became of it stays known; and so does what ended the holds of earlier requests.
 */
export async function dropClosed(
  run: HeldRun,
  scope: ReadonlySet<string> | null,
  read: {
    readonly snapshot: AccountSnapshot;
    readonly decided: Decided;
    readonly windows: Pick<ReadWindows, 'windows'>;
  },
): Promise<void> {
  const { snapshot, decided } = read;
  const firstOpen = Math.min(...snapshot.openRequests.map(({ place }) => place));
  const closed = decided.holdChanges.closed
    .map(({ hold }) => hold)
    .filter(({ holder, place }) => holder.kind === 'window' || place < firstOpen);
  const over = new Set(
    closed.filter(({ reportId }) => scope === null || scope.has(reportId)).map((hold) => rowKeys.hold(hold)),
  );
  await run.ledger.dropHolds(
    run.accountKey,
    snapshot.holds.filter(({ hold }) => over.has(rowKeys.hold(hold))),
  );
  if (scope === null) {
    const nowMs = run.clock.now();
    const isPast = ({ end }: { end: HoldsEnd }) =>
      end.place < firstOpen && nowMs - end.atMs > ENDS_KEPT_IN_MS;
    await run.ledger.dropEnds(run.accountKey, [...snapshot.ends.values()].flat().filter(isPast));
    const forgotten = snapshot.saidEnds.filter(({ end }) => isForgotten(end, read.windows.windows, nowMs));
    await run.ledger.dropSaidEnds(run.accountKey, forgotten);
    const isOver = ({ exemption }: StoredExemption) => isExemptionForgotten(exemption, nowMs);
    await run.ledger.dropExemptions(run.accountKey, snapshot.exemptions.filter(isOver));
  }
}
