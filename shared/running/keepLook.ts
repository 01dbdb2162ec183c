import { hash } from 'node:crypto';
import type { Decided, ReadWindows } from '../deciding/decide.ts';
import type { Mode } from '../deciding/decideReport.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import { NO_NEWS } from '../ledger/lookRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { LastLook } from '../model/lastLook.ts';
import { isOpen, nextLookOf } from './nextLook.ts';
import { isUndone, type ReportResult } from './reportResult.ts';
import type { HeldRun } from './runContext.ts';

/** What a look at a whole account came to. */
export interface Looked {
  /** When it read the ledger, epoch milliseconds, and what that said. */
  readonly triedMs: number;
  readonly before: Pick<AccountSnapshot, 'lastLook' | 'news'>;
  /** The ledger as the look left it. */
  readonly after: AccountSnapshot;
  readonly windows: ReadWindows;
  readonly decided: Pick<Decided, 'windowStates'>;
  readonly results: readonly ReportResult[];
  readonly listFailure: InsightsFailure | null;
}

/**
 * Leaves behind what the ticks need to tell when the next look is due. Where nothing is left to look after, nothing stays of it.
 * @throws LedgerError
 */
export async function keepLook(run: HeldRun, looked: Looked): Promise<void> {
  const next = lastLookOf(run.mode, looked);
  if (next !== null) {
    const row = encodeRow(run.accountKey, rowKeys.lastLook, next);
    return run.held.writer.write([{ kind: 'put', row }]);
  }
  // What a door writes meanwhile is a row that no look knows: that is due by itself.
  const stale = [
    ...(looked.after.lastLook === null ? [] : [rowKeys.lastLook]),
    ...(looked.after.news === NO_NEWS ? [] : [rowKeys.news]),
  ];
  if (stale.length > 0) {
    await run.held.writer.write(stale.map((rowKey) => ({ kind: 'delete', rowKey })));
  }
}

/** What a look leaves behind; null where nothing is to be looked after. Pure. */
function lastLookOf(mode: Mode, looked: Looked): LastLook | null {
  const { triedMs, before, after, windows, decided, results, listFailure } = looked;
  const open = decided.windowStates.flatMap(({ occurrence }) => occurrence?.key ?? []);
  const isCutShort = results.some(({ code }) => code === 'out_of_time');
  const earlier = before.lastLook?.tries ?? 0;
  const input = {
    ...{ snapshot: after, isWindowOpen: open.length > 0, triedMs, hasFailed: listFailure !== null },
    ...{ isUndone: results.some((one) => isUndone(one, 'tick')), tries: isCutShort ? 1 : earlier + 1 },
  };
  const next = nextLookOf(input);
  if (next === null) {
    return null;
  }
  const begun = before.lastLook?.begun ?? [];
  return {
    lookedMs: listFailure === null ? triedMs : (before.lastLook?.lookedMs ?? null),
    triedMs,
    next,
    tries: input.hasFailed || isOpen(input) ? input.tries : 0,
    failure: listFailure === null ? null : { code: listFailure.code, message: listFailure.message },
    news: before.news,
    windows: windowsMark(mode, windows, open),
    begun: listFailure === null ? open : open.filter((key) => begun.includes(key)),
  };
}

/**
 * One mark for all that the windows say of an account: it changes where one of them begins, ends or is edited, where something is
 * left out of one or is so no longer, and where the mode does. `open` are the keys of the occurrences that are open, in the order of the windows. Pure.
 */
export function windowsMark(mode: Mode, windows: ReadWindows, open: readonly string[]): string {
  const { areReadable, windows: all, invalidNames } = windows;
  const rules = all.map(({ exemptions: _, ...rule }) => rule);
  // Many windows share one list of them.
  const lists = new Set(all.flatMap(({ exemptions }) => (exemptions === undefined ? [] : [exemptions])));
  const ids = new Set([...lists].flatMap((list) => list.map(({ id, place }) => `${id} ${place}`)));
  const said = [mode, areReadable, rules, invalidNames, open, ...(ids.size === 0 ? [] : [[...ids].sort()])];
  return hash('sha256', JSON.stringify(said), 'hex').slice(0, 32);
}
