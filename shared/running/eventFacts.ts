import type { EventFacts } from '../deciding/reportEvent.ts';
import type { Account } from '../model/account.ts';
import { type Hold, holderText, isLiveAt } from '../model/hold.ts';
import type { Ownership } from '../model/ownership.ts';
import { utcText } from '../windows/formatInstant.ts';

/** Names of a long list of holders that are told. */
const MAX_HOLDERS = 5;

/** Whose report an event is about. */
export function accountFacts(
  { name, tenantId, surface }: Pick<Account, 'name' | 'tenantId' | 'surface'>,
  accountKey: string,
): EventFacts {
  return { account: name, accountKey, tenantId, surface };
}

/** What a lost ledger could be rebuilt from; nothing where the pause is not ours for certain. */
export function pauseFacts(ownership: Ownership | null, holds: readonly Hold[], nowMs: number): EventFacts {
  if (ownership?.kind !== 'paused') {
    return {};
  }
  const { queryId, sinceMs, kept } = ownership;
  const live = holds.filter((hold) => isLiveAt(hold, nowMs));
  const ends = live.map(({ untilMs }) => untilMs).filter((untilMs) => untilMs !== null);
  const hasEnd = live.length > 0 && ends.length === live.length;
  const holders = [...new Set(live.map(({ holder }) => holderText(holder)))];
  return {
    queryId,
    pausedAtUtc: new Date(sinceMs).toISOString(),
    modifiedTime: kept.modifiedMs === null ? '' : new Date(kept.modifiedMs).toISOString(),
    contents: kept.contents,
    heldBy: holders.slice(0, MAX_HOLDERS).join('; '),
    ...(hasEnd ? { heldUntilUtc: utcText(Math.max(...ends)) } : {}),
  };
}
