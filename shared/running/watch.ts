import type { Decided } from '../deciding/decide.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import type { Observation } from '../model/ownership.ts';
import { alarmsOf } from './alarms.ts';
import { lookAfter } from './followUps.ts';
import type { HeldRun } from './runContext.ts';
import { tellLasting } from './tellLasting.ts';

/** The watchdog: reads the ledger as the run left it and tells what must not go unsaid. */
export async function watch(
  run: HeldRun,
  decided: Decided,
  observations: ReadonlyMap<string, Observation>,
): Promise<readonly ReportEvent[]> {
  const snapshot = await run.ledger.read(run.accountKey);
  const nowMs = run.clock.now();
  const bridged = new Set(
    decided.decisions
      .filter(({ reason }) => reason === 'next_hold_begins_soon')
      .map(({ reportId }) => reportId),
  );
  const alarms = alarmsOf({ snapshot, observations, bridged, nowMs, maxHoldInMs: run.maxHoldInMs });
  const { events, told } = tellLasting(alarms, snapshot.facts.told, nowMs);
  if (JSON.stringify(told) !== JSON.stringify(snapshot.facts.told)) {
    const row = encodeRow(run.accountKey, rowKeys.facts, { ...snapshot.facts, told });
    await run.held.writer.write([{ kind: 'put', row }]);
  }
  return [...events, ...(await lookAfter(run, snapshot, observations))];
}
