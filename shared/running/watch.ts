import type { Decided } from '../deciding/decide.ts';
import type { EventWithFacts } from '../deciding/reportEvent.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { runInSlices } from '../time/steps.ts';
import { alarmsInSteps } from './alarms.ts';
import { tellDigest } from './dailyDigest.ts';
import { type FollowUpsSettled, lookAfter } from './followUps.ts';
import type { Observed } from './observeReports.ts';
import type { HeldRun } from './runContext.ts';
import { tellLasting } from './tellLasting.ts';

/**
 * The watchdog: reads the ledger as the run left it and tells what must not go unsaid. Also gives what it has read. Of what it
 * followed up the ledger has notes, to be taken away once it is told.
 */
export async function watch(
  run: HeldRun,
  decided: Decided,
  { observations, listFailure }: Observed,
): Promise<{
  readonly events: readonly EventWithFacts[];
  readonly followedUp: FollowUpsSettled;
  readonly after: AccountSnapshot;
}> {
  const snapshot = await run.ledger.read(run.accountKey);
  const nowMs = run.clock.now();
  const bridged = new Set(
    decided.decisions
      .filter(({ reason }) => reason === 'next_hold_begins_soon')
      .map(({ reportId }) => reportId),
  );
  const { periodInMs, maxHoldInMs } = run;
  const isListed = listFailure === null;
  const known = { snapshot, observations, isListed, bridged, nowMs, periodInMs, maxHoldInMs };
  const alarms = await runInSlices(alarmsInSteps(known), run.giveWay);
  const lookedMs = snapshot.lastLook?.lookedMs ?? null;
  const lasting = tellLasting(alarms, snapshot.facts.told, { nowMs, lookedMs });
  const digest = tellDigest(alarms, snapshot, nowMs);
  const told = { ...lasting.told, ...digest.told };
  if (JSON.stringify(told) !== JSON.stringify(snapshot.facts.told)) {
    const row = encodeRow(run.accountKey, rowKeys.facts, { ...snapshot.facts, told });
    await run.held.writer.write([{ kind: 'put', row }]);
  }
  const events = [...(digest.event === null ? [] : [digest.event]), ...lasting.events];
  return { events, followedUp: await lookAfter(run, snapshot, observations), after: snapshot };
}
