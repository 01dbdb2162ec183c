import type { Decided } from '../deciding/decide.ts';
import type { RowWrite } from '../ledger/fencedWriter.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { tallyKey, tallyRow } from '../ledger/tallyRows.ts';
import type { OccurrenceTally } from '../model/occurrenceTally.ts';
import { runInSlices } from '../time/steps.ts';
import { type FollowedUp, outcomeOfEvent } from './followUps.ts';
import type { Observed } from './observeReports.ts';
import type { ReportResult } from './reportResult.ts';
import type { HeldRun } from './runContext.ts';
import { tallyInSteps } from './tallyOccurrences.ts';

/** So many rows fit one write beside the look's own. */
const MAX_WRITES = 90;

/**
 * What a full look leaves of the account's occurrences: rows to be written with the look itself. What can change no more goes to
 * the history first, and its row only when that has it; where the history is out it is tried again by the next look, and nothing
 * else is kept from being done.
 */
export async function tallyWrites(
  run: HeldRun,
  looked: {
    readonly before: AccountSnapshot;
    readonly after: AccountSnapshot;
    readonly decided: Pick<Decided, 'windowStates'>;
    readonly results: readonly ReportResult[];
    readonly observed: Observed;
    readonly followedUp: ReadonlyMap<string, FollowedUp>;
  },
): Promise<readonly RowWrite[]> {
  if (run.mode === 'off') return [];
  const { before, after, decided, observed } = looked;
  const nowMs = run.clock.now();
  const reports = [...observed.observations.values()].flatMap((one) =>
    one.kind === 'seen' ? [[one.report.reportId, one.report] as const] : [],
  );
  const { changed, settled } = await runInSlices(
    tallyInSteps({
      ...{ before, after, windowStates: decided.windowStates, mode: run.mode, nowMs },
      results: new Map(looked.results.map((result) => [result.reportId, result])),
      reports: new Map(reports),
      followedUp: new Map([...toldBefore(before, nowMs), ...looked.followedUp]),
      problem: observed.listFailure === null ? null : problemOf(observed.listFailure),
    }),
    run.giveWay,
  );
  const isKept = await keepSettled(run, settled);
  const known = new Set(before.tallies.map(tallyKey));
  const put = (one: OccurrenceTally): RowWrite => ({
    kind: 'put',
    row: tallyRow(run.accountKey, tallyKey(one), one),
  });
  const gone = isKept ? settled.map(tallyKey).filter((key) => known.has(key)) : [];
  const writes = [
    ...gone.map((rowKey): RowWrite => ({ kind: 'delete', rowKey })),
    ...(isKept ? [] : settled).map(put),
    ...changed.map(put),
  ];
  return writes.slice(0, MAX_WRITES);
}

function toldBefore({ untold }: AccountSnapshot, nowMs: number): readonly (readonly [string, FollowedUp])[] {
  return untold.flatMap((event) => {
    const outcome = outcomeOfEvent(event, nowMs);
    return outcome === null ? [] : [[event.reportId, outcome] as const];
  });
}

function problemOf({ code, message }: { readonly code: string; readonly message: string }) {
  return { code, message };
}

/** Whether the history has them. */
async function keepSettled(run: HeldRun, settled: readonly OccurrenceTally[]): Promise<boolean> {
  if (settled.length === 0) return true;
  try {
    await run.ledger.appendTallies(run.accountKey, settled);
    return true;
  } catch (error) {
    const { code, message } = asLedgerError(error);
    const { runId, correlationId, account, telemetry } = run;
    const detail = `what became of ${settled.length} occurrences of windows, tried again by the next look: ${message}`;
    telemetry.event('HistoryNotKept', { runId, correlationId, account: account.name, code, detail });
    return false;
  }
}
