import type { ReportDecision } from '../deciding/decideReport.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { RowWrite } from '../ledger/fencedWriter.ts';
import { rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { HeldRun } from './runContext.ts';

/**
 * Tells what an earlier run wrote down and was killed before telling, and takes away the notes of that and of this
 * run's own events, which the history has by now. @throws LedgerError
 */
export async function tellUntold(
  run: HeldRun,
  { untold }: AccountSnapshot,
  decisions: readonly ReportDecision[],
): Promise<readonly ReportEvent[]> {
  // Of the whole account, it is in no report's history.
  const ofReports = untold.filter(({ reportId }) => reportId !== '');
  const entries = ofReports.map(({ name, reportId, detail }) => ({
    ...{ reportId, atMs: run.clock.now(), what: name, who: run.who, why: `${detail} (told late)` },
    ...{ runId: run.runId, observed: null, requestId: null },
  }));
  await run.ledger.append(run.accountKey, entries);
  const notes = new Set([...untold, ...decisions.flatMap(({ events }) => events)].map(rowKeys.event));
  await Promise.all(
    [...notes].map((rowKey) => run.held.writer.write([{ kind: 'delete', rowKey } satisfies RowWrite])),
  );
  const own = new Set(decisions.flatMap(({ events }) => events).map(rowKeys.event));
  return untold.filter((event) => !own.has(rowKeys.event(event)));
}
