import type { Hold } from '../model/hold.ts';
import type { WindowsRecord } from '../service/trustWindows.ts';
import type { Clock } from '../time/clock.ts';
import { APP_PARTITION, type Heartbeat, heartbeatRow, windowsRecordOf, windowsRow } from './appRows.ts';
import type { TableClient, TransactionAction } from './azureTypes.ts';
import { createFencedWriter, type FencedWriter } from './fencedWriter.ts';
import { appendHistory, type HistoryEntry, pruneHistory, readHistory } from './history.ts';
import { acquireLease, type LeaseTiming, releaseLease } from './lease.ts';
import { isConflict, LedgerError } from './ledgerError.ts';
import { decodeRow, encodeRow, holdShape, rowKeys, type TakeOver } from './ledgerRows.ts';
import { type AccountSnapshot, snapshotOf } from './snapshot.ts';
import { type LedgerSurvey, surveyLedger } from './survey.ts';
import { guard, type LedgerTables, queryRows } from './tables.ts';

/** The right to act on one account, and the pen that goes with it. */
export interface HeldAccount {
  readonly writer: FencedWriter;
  /** Whether another process held the account last. */
  readonly wasAnothers: boolean;
  /** Gives the account back; what was written stays. */
  release(): Promise<void>;
}

/** The durable record of holds and of which pauses are ours. Every failure is a {@link LedgerError}. */
export interface Ledger {
  /** Which accounts have something to do. Every account of the settings should be named, so that a large ledger is read in parts. */
  survey(accountKeys: readonly string[]): Promise<LedgerSurvey>;
  /** Every hold of every account. */
  allHolds(): Promise<readonly Hold[]>;
  read(accountKey: string): Promise<AccountSnapshot>;
  /** Takes the account's lease, or null where somebody else acts on it. */
  hold(accountKey: string): Promise<HeldAccount | null>;
  /** A door's way to write holds: a hold of the same id is replaced. */
  putHolds(accountKey: string, holds: readonly Hold[]): Promise<void>;
  /** Changes stored holds under their ETags, re-reading on a conflict; `change` returns null to leave one alone. */
  changeHolds(accountKey: string, change: (hold: Hold) => Hold | null): Promise<readonly Hold[]>;
  /** Deletes holds that are over, each only if it is still as it was read. */
  dropHolds(
    accountKey: string,
    holds: readonly { readonly hold: Hold; readonly etag: string }[],
  ): Promise<void>;
  putTakeOvers(accountKey: string, takeOvers: readonly TakeOver[]): Promise<void>;
  append(accountKey: string, entries: readonly HistoryEntry[]): Promise<void>;
  history(accountKey: string, reportId: string, limit: number): Promise<readonly HistoryEntry[]>;
  prune(accountKey: string, limit: number): Promise<number>;
  beat(heartbeat: Heartbeat): Promise<void>;
  /** Which version of the windows' blob is in force. */
  windowsRecord(): Promise<WindowsRecord>;
  putWindowsRecord(record: WindowsRecord): Promise<void>;
}

const MAX_CHANGE_ROUNDS = 10;
const MAX_TRANSACTION = 100;
const DELETES_AT_ONCE = 16;

/** The ledger in the two tables. `owner` names this process among those that compete for leases. */
export function createLedger(options: {
  readonly tables: () => Promise<LedgerTables>;
  readonly clock: Clock;
  readonly owner: string;
  readonly leaseTiming: LeaseTiming;
}): Ledger {
  const { clock, owner, leaseTiming: timing } = options;
  const live = async () => (await options.tables()).live;
  const historyTable = async () => (await options.tables()).history;
  const read = async (accountKey: string) =>
    snapshotOf(await queryRows(await live(), `PartitionKey eq '${accountKey}'`));

  return {
    read,
    survey: async (accountKeys) => surveyLedger(await live(), accountKeys),
    allHolds: async () =>
      (await queryRows(await live(), "RowKey gt 'hold|' and RowKey lt 'hold}'")).map(({ row }) =>
        decodeRow(row, holdShape),
      ),
    hold: async (accountKey) => {
      const table = await live();
      const lease = await acquireLease(table, { accountKey, owner, clock, timing });
      if (lease === null) {
        return null;
      }
      const writer = createFencedWriter(table, { lease, clock, timing });
      const { wasAnothers } = lease;
      return { writer, wasAnothers, release: async () => releaseLease(table, await writer.close()) };
    },
    putHolds: async (accountKey, holds) =>
      upsertAll(
        await live(),
        holds.map((hold) => encodeRow(accountKey, rowKeys.hold(hold), hold)),
      ),
    putTakeOvers: async (accountKey, takeOvers) =>
      upsertAll(
        await live(),
        takeOvers.map((one) => encodeRow(accountKey, rowKeys.takeOver(one.reportId), one)),
      ),
    changeHolds: async (accountKey, change) => changeHolds(await live(), { accountKey, change, read }),
    dropHolds: async (accountKey, holds) => dropHolds(await live(), accountKey, holds),
    append: async (accountKey, entries) => appendHistory(await historyTable(), accountKey, entries),
    history: async (accountKey, reportId, limit) =>
      readHistory(await historyTable(), { accountKey, reportId, limit }),
    prune: async (accountKey, limit) =>
      pruneHistory(await historyTable(), { accountKey, nowMs: clock.now(), limit }),
    windowsRecord: async () =>
      windowsRecordOf(await queryRows(await live(), `PartitionKey eq '${APP_PARTITION}'`)),
    putWindowsRecord: async (record) => upsertAll(await live(), [windowsRow(record)]),
    beat: async (heartbeat) => upsertAll(await live(), [heartbeatRow(heartbeat)]),
  };
}

async function upsertAll(table: TableClient, rows: readonly ReturnType<typeof encodeRow>[]): Promise<void> {
  for (let at = 0; at < rows.length; at += MAX_TRANSACTION) {
    const actions = rows
      .slice(at, at + MAX_TRANSACTION)
      .map((row): TransactionAction => ['upsert', { ...row }, 'Replace']);
    await guard('write the ledger', () => table.submitTransaction(actions));
  }
}

async function changeHolds(
  table: TableClient,
  options: {
    accountKey: string;
    change: (hold: Hold) => Hold | null;
    read: (accountKey: string) => Promise<AccountSnapshot>;
  },
): Promise<readonly Hold[]> {
  const { accountKey, change, read } = options;
  const changed: Hold[] = [];
  const done = new Set<string>();
  for (let round = 0; round < MAX_CHANGE_ROUNDS; round += 1) {
    const { holds } = await read(accountKey);
    const todo = holds.flatMap(({ hold, etag }) => {
      const next = done.has(rowKeys.hold(hold)) ? null : change(hold);
      return next === null ? [] : [{ next, etag }];
    });
    if (todo.length === 0) {
      return changed;
    }
    for (let at = 0; at < todo.length; at += MAX_TRANSACTION) {
      const part = todo.slice(at, at + MAX_TRANSACTION);
      if (await replaceIfUnchanged(table, accountKey, part)) {
        changed.push(...part.map(({ next }) => next));
        for (const { next } of part) done.add(rowKeys.hold(next));
      }
    }
  }
  throw new LedgerError('ledger_conflict', 'the holds kept changing while they were being changed', null);
}

/** All of them or none; false where one changed since it was read. */
async function replaceIfUnchanged(
  table: TableClient,
  accountKey: string,
  part: readonly { readonly next: Hold; readonly etag: string }[],
): Promise<boolean> {
  try {
    await table.submitTransaction(
      part.map(
        ({ next, etag }): TransactionAction => [
          'update',
          { ...encodeRow(accountKey, rowKeys.hold(next), next) },
          'Replace',
          { etag },
        ],
      ),
    );
    return true;
  } catch (error) {
    if (isConflict(error)) {
      return false;
    }
    throw new LedgerError('ledger_unavailable', 'could not change the holds', error);
  }
}

async function dropHolds(
  table: TableClient,
  accountKey: string,
  holds: readonly { readonly hold: Hold; readonly etag: string }[],
): Promise<void> {
  const drop = async ({ hold, etag }: { hold: Hold; etag: string }) => {
    try {
      await table.deleteEntity(accountKey, rowKeys.hold(hold), { etag });
    } catch (error) {
      // A door wrote it anew meanwhile: then it is not over, and stays.
      if (!isConflict(error)) {
        throw new LedgerError('ledger_unavailable', 'could not drop a hold that is over', error);
      }
    }
  };
  for (let at = 0; at < holds.length; at += DELETES_AT_ONCE) {
    await Promise.all(holds.slice(at, at + DELETES_AT_ONCE).map(drop));
  }
}
