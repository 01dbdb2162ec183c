import { isLiveAt } from '../model/hold.ts';
import type { Observation, Ownership } from '../model/ownership.ts';
import type { ReportSituation } from './decideReport.ts';
import { netAfterHolds, netAfterLook, netClosed } from './netAfter.ts';
import { oddAfter, type Sight } from './sight.ts';
import type { Transition } from './transition.ts';

/** Given up for good, it is remembered for so long: should it come back paused, it is not a stranger's. */
const REMEMBERED_MS = 30 * 86_400_000;

/** The facts of a look that no verdict decides about: the net, the odd look that stands, what people are shown. */
export function afterLook(
  ownership: Ownership,
  { observation, holds, nowMs }: ReportSituation,
  sight: Sight,
) {
  const isHeld = holds.some((hold) => isLiveAt(hold, nowMs));
  const net = netAfterHolds(ownership.net, isHeld, nowMs);
  const readAtMs = lookMs(observation);
  if (readAtMs === null) {
    const isShown = observation.kind === 'seen';
    return { ...ownership, net, ...(isShown ? { reportName: observation.report.reportName } : {}) };
  }
  const odd = oddAfter(ownership, sight, readAtMs);
  if (observation.kind !== 'seen') {
    const closed = sight === 'missingForDays' ? netClosed(net, 'gone') : net;
    return { ...ownership, odd, lookedMs: readAtMs, net: closed };
  }
  const { report, listed } = observation;
  const status = report.reportStatus;
  const looked = netAfterLook(net, { status, readAtMs });
  const chain = {
    ...ownership.chain,
    ...(status === 'Active' ? { readActiveMs: readAtMs } : {}),
    ...(status === 'Paused' ? { readPausedMs: readAtMs } : {}),
  };
  return {
    ...ownership,
    ...{ odd, chain, lookedMs: readAtMs, reportName: report.reportName, queryId: report.queryId },
    listed: listed === '' ? ownership.listed : listed,
    net: sight === 'inactiveTwice' ? netClosed(looked, 'exhausted') : looked,
  };
}

/** The row as it stays: the net, and not the verdict, says when it may go. */
export function rowAfter({ ownership: after }: Transition, { nowMs }: ReportSituation): Ownership | null {
  if (after.kind !== 'ended') {
    return after.net.closed === null ? after : { ...after, net: { ...after.net, closed: null } };
  }
  switch (after.net.closed) {
    case null:
      return after;
    case 'active':
    case 'acknowledged':
      return null;
    case 'exhausted':
    case 'gone':
      return nowMs - after.sinceMs >= REMEMBERED_MS ? null : after;
  }
}

/** It has answered 404 ever since our own pause: then the service hides what is paused, and the resume is sent unseen. */
export function isHiddenSincePause({ attempts, chain, kind }: Ownership): boolean {
  const pause = attempts.findLast(({ towards }) => towards === 'Paused');
  const lastReadMs = Math.max(chain.readActiveMs ?? 0, chain.readPausedMs ?? 0, chain.readResumedMs ?? 0);
  return pause !== undefined && (kind === 'pausing' || kind === 'paused') && lastReadMs <= pause.sentMs;
}

/** When a look by id was made; null where there was none. */
export function lookMs(observation: Observation): number | null {
  switch (observation.kind) {
    case 'seen':
      return observation.by === 'id' ? observation.readAtMs : null;
    case 'notFound':
      return observation.readAtMs;
    case 'absent':
      return null;
  }
}
