import { isLiveAt } from '../model/hold.ts';
import type { ReportResult } from '../running/reportResult.ts';
import { runSteps } from '../time/steps.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { DoorRun } from './actForDoor.ts';
import { createExpectation, expectInSteps } from './expectedResume.ts';
import type { Arrival, ServiceParts } from './serviceParts.ts';

/** Anybody may hold a report: as many are named as a person reads. */
const MAX_NAMED = 5;

function namesOf(holders: readonly string[]): string {
  const more = holders.length - MAX_NAMED;
  return `${holders.slice(0, MAX_NAMED).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A report that is still paused because others hold it: who they are, and when it is expected back. */
export function holdersTeller(
  { mode, tickInMsAt }: ServiceParts,
  { ran }: DoorRun,
  { place, atMs: arrivedMs }: Arrival,
): (result: ReportResult) => ReportResult {
  if (ran === null) {
    return (result) => result;
  }
  const { decided, observations } = ran;
  const decisions = new Map(decided.decisions.map((decision) => [decision.reportId, decision]));
  const expect = createExpectation({
    ...{ nowMs: arrivedMs, mode, tickInMs: tickInMsAt(arrivedMs), decided, observations },
  });
  return (result) => {
    const decision = decisions.get(result.reportId);
    // Paused by this very run: for somebody who asked meanwhile.
    if (decision === undefined || (result.code !== 'held' && result.outcome !== 'paused')) {
      return result;
    }
    // A hold that began while this request waited for its turn holds the report as well.
    const holds = decision.holds
      .map((hold) => ({ ...hold, fromMs: Math.min(arrivedMs, hold.fromMs) }))
      .filter((hold) => isLiveAt(hold, arrivedMs));
    const { atMs } = runSteps(expectInSteps(expect, { ...decision, holds }));
    const holders = namesOf([...new Set(holds.map(({ who }) => who))]);
    const expected = atMs === null ? 'when it is asked for' : `at ${utcText(atMs)}`;
    // Asked for after this one came: that is the later word, and stays.
    const isOverruled = holds.some((hold) => hold.holder.kind !== 'window' && hold.place > place);
    return {
      ...result,
      outcome: 'stillHeld',
      message: `still held by ${holders}; expected back ${expected}`,
      ...(isOverruled ? { code: 'superseded' as const } : {}),
    };
  };
}
