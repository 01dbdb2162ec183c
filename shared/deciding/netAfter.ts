import type { Net } from '../model/net.ts';
import type { Attempt } from '../model/ownership.ts';
import { EFFECT_LAG_IN_MS } from './evidence.ts';

/** A status that a look by id showed, and when. */
export interface NetLook {
  readonly status: 'Active' | 'Paused' | 'Inactive' | 'notFound';
  readonly readAtMs: number;
}

/** Two looks count as two only when they are this far apart. */
export const BETWEEN_LOOKS_IN_MS = 180_000;

/** A report that cannot be found for so long is gone. */
export const GONE_AFTER_MS = 7 * 86_400_000;

/** After an attempt that was never read as effective the net stays open for so long at least. */
const NEVER_EFFECTIVE_MS = 86_400_000;

/** A report last read Active after our last attempt is quiet for so long: its closing looks are made meanwhile. */
const QUIET_MS = 600_000;

/** With short periods still so long: a resume, and the reads that lag behind it, take as much. */
const UNHELD_FOR_MS = 300_000;

/** The net as an intent towards `towards` opens it, or spreads it anew. Pure. */
export function netAtIntent(net: Net | null, { towards, limitMs, sentMs }: Attempt): Net {
  return {
    openedMs: net?.openedMs ?? sentMs,
    lastLimitMs: Math.max(limitMs, net?.lastLimitMs ?? 0),
    wasEffective: false,
    towards,
    readPausedMs: net?.readPausedMs ?? null,
    readActiveMs: net?.readActiveMs ?? null,
    standsActive: null,
    unheldSinceMs: net?.unheldSinceMs ?? null,
    closed: null,
  };
}

/** What a look by id makes of it; only looks close it, and a person's word. Pure. */
export function netAfterLook(net: Net, { status, readAtMs }: NetLook): Net {
  const settledMs = net.lastLimitMs + EFFECT_LAG_IN_MS;
  switch (status) {
    case 'Paused': {
      const wasEffective = net.wasEffective || (net.towards === 'Paused' && readAtMs <= settledMs);
      return { ...net, wasEffective, readPausedMs: readAtMs, standsActive: null, closed: null };
    }
    case 'Active': {
      const looked = {
        ...net,
        readActiveMs: readAtMs,
        wasEffective: net.wasEffective || net.towards === 'Active',
      };
      if (readAtMs < settledMs) {
        return looked;
      }
      const standsActive = { firstMs: net.standsActive?.firstMs ?? readAtMs, lastMs: readAtMs };
      const isTwice = readAtMs - standsActive.firstMs >= BETWEEN_LOOKS_IN_MS;
      const isLate = looked.wasEffective || readAtMs >= net.lastLimitMs + NEVER_EFFECTIVE_MS;
      return { ...looked, standsActive, closed: isTwice && isLate ? 'active' : net.closed };
    }
    case 'Inactive':
    case 'notFound':
      return net;
  }
}

/** Whether a live hold wants the report paused now. The same net where nothing changed. Pure. */
export function netAfterHolds(net: Net, isHeld: boolean, nowMs: number): Net {
  if (isHeld === (net.unheldSinceMs === null)) {
    return net;
  }
  return { ...net, unheldSinceMs: isHeld ? null : nowMs };
}

/** Inactive or gone, as it was told. Pure. */
export function netClosed(net: Net, closed: NonNullable<Net['closed']>): Net {
  return { ...net, closed };
}

/**
 * Left paused, as far as the net knows: no live hold for two periods and five minutes at least, nothing closed it, and no
 * read by id showed the report Active in the last ten minutes after our last attempt. Pure.
 */
export function isLeftPaused(net: Net, nowMs: number, periodInMs: number): boolean {
  const { unheldSinceMs, closed, readActiveMs, readPausedMs } = net;
  if (
    closed !== null ||
    unheldSinceMs === null ||
    nowMs - unheldSinceMs < Math.max(2 * periodInMs, UNHELD_FOR_MS)
  ) {
    return false;
  }
  const isLastReadActive = readActiveMs !== null && readActiveMs >= (readPausedMs ?? 0);
  return !(isLastReadActive && (isStandingActive(net) || nowMs - readActiveMs < QUIET_MS));
}

/** Two looks agree, and only the day after an attempt that was never read as effective keeps the net open. Pure. */
export function isStandingActive({ standsActive }: Net): boolean {
  return standsActive !== null && standsActive.lastMs - standsActive.firstMs >= BETWEEN_LOOKS_IN_MS;
}
