import type { ReportDecision } from '../deciding/decideReport.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import { rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { HeldRun } from './runContext.ts';

/**
 * What an earlier run wrote down and was killed before telling; the history has it by now. The notes of it stay until it
 * is told. @throws LedgerError
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
  const own = new Set(decisions.flatMap(({ events }) => events).map(rowKeys.event));
  return untold.filter((event) => !own.has(rowKeys.event(event)));
}
