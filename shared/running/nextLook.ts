import { nextLookMs } from '../deciding/looks.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { LOOK_PERIOD_IN_MS, type NextLook, type NextLookReason } from '../model/lastLook.ts';
import { LOOK_AFTER_MS } from './followUps.ts';

/** What is tried again is tried so much later, then twice as late, three times, up to the period. */
const TRIED_AGAIN_AFTER_MS = 60_000;

/** Ticks come a little sooner or later: a delay is over for a tick that comes this much before. */
const TICKS_VARY_BY_MS = 30_000;

/** The account as a look left it. */
export interface AfterLook {
  readonly snapshot: Pick<AccountSnapshot, 'holds' | 'ownerships' | 'statements' | 'followUps' | 'untold'>;
  /** Whether an occurrence of one of its windows is open: what its window selects may change meanwhile. */
  readonly isWindowOpen: boolean;
  /** When the look began, epoch milliseconds; what came by then it has seen. */
  readonly triedMs: number;
  /** Whether it could read no list of reports. */
  readonly hasFailed: boolean;
  /** Whether a report is not as it should be, or a change is under way. */
  readonly isUndone: boolean;
  /** Looks in a row that failed or left something open, this one included. */
  readonly tries: number;
}

/** When the account is to be looked at again at the latest; null where there is nothing to look after. Pure. */
export function nextLookOf(after: AfterLook): NextLook | null {
  const { snapshot, triedMs, tries } = after;
  if (!isWatched(after)) {
    return snapshot.followUps.size === 0 ? null : earliest(executionsOf(after));
  }
  const againInMs = Math.min(Math.max(1, tries) * TRIED_AGAIN_AFTER_MS, LOOK_PERIOD_IN_MS);
  const delays: readonly (NextLook | null)[] = [
    delayed(triedMs, LOOK_PERIOD_IN_MS, 'period'),
    after.hasFailed ? delayed(triedMs, againInMs, 'lookFailed') : null,
    !after.hasFailed && isOpen(after) ? delayed(triedMs, againInMs, 'openWork') : null,
  ];
  const known = after.hasFailed ? [] : instantsOf(after);
  return earliest([...delays.filter((one) => one !== null), ...known]);
}

/** Null where nothing is to come. */
function earliest(all: readonly NextLook[]): NextLook | null {
  return all.reduce<NextLook | null>(
    (first, one) => (first === null || one.atMs < first.atMs ? one : first),
    null,
  );
}

/** Whether a look left anything that is to be tried again soon. Pure. */
export function isOpen({ snapshot, isUndone, triedMs }: AfterLook): boolean {
  const { ownerships, untold } = snapshot;
  return isUndone || untold.length > 0 || [...ownerships.values()].some((one) => nextLookMs(one) <= triedMs);
}

/** Whether there is anything that people may change meanwhile; an execution that is to come is none. */
function isWatched({ snapshot, isWindowOpen }: AfterLook): boolean {
  const { holds, ownerships, statements, untold } = snapshot;
  return isWindowOpen || holds.length > 0 || ownerships.size > 0 || statements.size > 0 || untold.length > 0;
}

/** When executions can be asked for; what could have been asked for by now waits for the period. */
function executionsOf({ snapshot, triedMs }: AfterLook): readonly NextLook[] {
  return [...snapshot.followUps.values()].map(({ nextExpectedMs }) => {
    const atMs = nextExpectedMs + LOOK_AFTER_MS;
    return atMs > triedMs ? { atMs, because: 'execution' } : delayed(triedMs, LOOK_PERIOD_IN_MS, 'period');
  });
}

/** Instants that are known now and are still to come. What is due by now is open, or waits for the period. */
function instantsOf(after: AfterLook): readonly NextLook[] {
  const { snapshot, triedMs } = after;
  const { holds, ownerships } = snapshot;
  const at = (because: NextLookReason) => (atMs: number) => ({ atMs, because });
  const boundaries = holds.flatMap(({ hold }) => [
    hold.fromMs,
    ...(hold.untilMs === null ? [] : [hold.untilMs]),
  ]);
  return [
    ...boundaries.map(at('holdBoundary')),
    ...[...ownerships.values()].map(nextLookMs).map(at('lookById')),
    ...executionsOf(after),
  ].filter(({ atMs }) => atMs > triedMs);
}

function delayed(fromMs: number, delayInMs: number, because: NextLookReason): NextLook {
  return { atMs: fromMs + delayInMs - TICKS_VARY_BY_MS, because };
}
