import type { Account } from '../model/account.ts';

/** How many changes of an account are under way at once. */
export interface ChangesAtOnce {
  /** From being written ahead to being answered. */
  readonly towardsAnswer: number;
  /** All, those included whose outcome is being written. */
  readonly inAll: number;
}

/** No change waits for its turn under the ceiling for longer than so: it is written ahead already. */
const MAX_WAIT_IN_SECONDS = 1;

/**
 * More changes than calls, so that no place among the calls is idle while the ledger writes; but no more than find their
 * turn soon. Who allows one call at a time gets one change at a time. Pure.
 */
export function changesAtOnce({
  maxConcurrency,
  callsPerSecond,
}: Pick<Account, 'maxConcurrency' | 'callsPerSecond'>): ChangesAtOnce {
  if (maxConcurrency === 1) {
    return { towardsAnswer: 1, inAll: 1 };
  }
  const inTime = callsPerSecond === null ? Number.POSITIVE_INFINITY : callsPerSecond * MAX_WAIT_IN_SECONDS;
  const towardsAnswer = Math.max(1, Math.floor(Math.min(2 * maxConcurrency, inTime)));
  return { towardsAnswer, inAll: 2 * towardsAnswer };
}
