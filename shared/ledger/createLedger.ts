import { type Hold, untilSaid } from '../model/hold.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import type { OccurrenceTally } from '../model/occurrenceTally.ts';
import type { Ownership } from '../model/ownership.ts';
import type { WindowsRecord } from '../service/trustWindows.ts';
import type { Clock } from '../time/clock.ts';
import { type GiveWay, runInSlices } from '../time/steps.ts';
import { APP_PARTITION, type Heartbeat, heartbeatRow, windowsRecordOf, windowsRow } from './appRows.ts';
import type { TableClient } from './azureTypes.ts';
import { changeHolds, dropRows } from './changeHolds.ts';
import { type AskedHolds, countHolds, type HoldCount } from './countHolds.ts';
import { countOurs } from './countOurs.ts';
import { createExemptionRows, type ExemptionRows } from './exemptionRows.ts';
import { createFencedWriter, type FencedWriter } from './fencedWriter.ts';
import { appendHistory, type EntriesAsked, type HistoryEntry, pruneHistory, readHistory } from './history.ts';
import {
  acquireLease,
  type LeaseTiming,
  readHeld,
  readWaits,
  releaseLease,
  sayWaits,
  type TickWaits,
} from './lease.ts';
import { asLedgerError, LedgerError } from './ledgerError.ts';
import {
  type AccountFacts,
  decodeFacts,
  decodeRow,
  encodeRow,
  type HoldsEnd,
  holdShape,
  noFacts,
  type PersonsStatement,
  rowKeys,
} from './ledgerRows.ts';
import { newsRow } from './lookRows.ts';
import {
  appendMissed,
  appendOccurrences,
  appendTallies,
  type KeptOccurrences,
  type MissedOccurrence,
  type OccurrenceEntry,
  type OccurrencesAsked,
  readOccurrences,
} from './occurrenceHistory.ts';
import { readOwnership } from './ownershipRow.ts';
import { createRequestOrder, type RequestOrder } from './requestOrder.ts';
import {
  type AccountSnapshot,
  type StoredExemption,
  type StoredOccurrenceEnd,
  snapshotInSteps,
} from './snapshot.ts';
import { type LedgerSurvey, readSaidEnds, surveyLedger } from './survey.ts';
import { type LedgerTables, putRows, queryRows } from './tables.ts';
import { readTallies } from './tallyRows.ts';

/** The right to act on one account, and the pen that goes with it. */
export interface HeldAccount {
  readonly writer: FencedWriter;
  /** Whether another process held the account last. */
  readonly wasAnothers: boolean;
  /** A tick has looked at the whole account, and acts: none waits any more. @throws LedgerError */
  reached(): Promise<void>;
  /** Gives the account back; what was written stays. Where the storage does not take that, the lease ends by itself. */
  release(): Promise<void>;
}

/** The durable record of holds and of which pauses are ours. Every failure is a {@link LedgerError}. */
export interface Ledger {
  /** Which accounts have something to do. Every account of the settings should be named, so that a large ledger is read in parts. */
  survey(accountKeys: readonly string[]): Promise<LedgerSurvey>;
  /** Every hold of every account. */
  allHolds(): Promise<readonly Hold[]>;
  /** What people said of single occurrences, of every account; named as for `survey`. */
  allSaidEnds(accountKeys: readonly string[]): Promise<readonly OccurrenceEnd[]>;
  /** Deletes what people said of occurrences that are over, each only if it is still as it was read. */
  dropSaidEnds(accountKey: string, ends: readonly StoredOccurrenceEnd[]): Promise<void>;
  /** What people left out of windows. */
  readonly exemptions: ExemptionRows;
  /** Deletes exemptions that are over, each only if it is still as it was read. */
  dropExemptions(accountKey: string, exemptions: readonly StoredExemption[]): Promise<void>;
  read(accountKey: string): Promise<AccountSnapshot>;
  /** What is kept of the account beside its reports, alone. */
  facts(accountKey: string): Promise<AccountFacts>;
  /** Takes the account's lease, or null where somebody else acts on it, or a tick waits to. */
  hold(accountKey: string): Promise<HeldAccount | null>;
  /** The same for a tick, to which requests give way. */
  holdForTick(accountKey: string): Promise<HeldAccount | null>;
  /** Whether a run of this very process acts on the account: then what it calls goes through the same ceiling. */
  isHeldHere(accountKey: string): Promise<boolean>;
  /** Says that a tick waits for the account, and will for so long; since when ticks do. */
  sayWaits(accountKey: string, forInMs: number): Promise<TickWaits>;
  /** Whether a tick waits for the account now: whoever holds it begins nothing more. */
  isWaitedFor(accountKey: string): Promise<boolean>;
  /** How requests write holds and end them. */
  readonly order: RequestOrder;
  /** How many holds there are beside those of one request, for its quotas. */
  countHolds(accountKey: string, asked: AskedHolds): Promise<HoldCount>;
  /** How many reports of the account are, or may be, paused by us now. */
  countOurs(accountKey: string): Promise<number>;
  /** Changes stored holds under their ETags, re-reading on a conflict; `change` returns null to leave one alone. */
  changeHolds(accountKey: string, change: (hold: Hold) => Hold | null): Promise<readonly Hold[]>;
  /** Deletes what ended holds, each only if it is still as it was read. */
  dropEnds(
    accountKey: string,
    ends: readonly { readonly end: HoldsEnd; readonly etag: string }[],
  ): Promise<void>;
  /** Deletes holds that are over, each only if it is still as it was read. */
  dropHolds(
    accountKey: string,
    holds: readonly { readonly hold: Hold; readonly etag: string }[],
  ): Promise<void>;
  putStatements(accountKey: string, statements: readonly PersonsStatement[]): Promise<void>;
  /** What is known of one report alone; null where nothing is. */
  ownership(accountKey: string, reportId: string): Promise<Ownership | null>;
  append(accountKey: string, entries: readonly HistoryEntry[]): Promise<void>;
  /** What was done to one report, newest first. */
  history(accountKey: string, reportId: string, asked: EntriesAsked): Promise<readonly HistoryEntry[]>;
  /** Keeps when begins and ends of windows were acted on. */
  appendOccurrences(accountKey: string, entries: readonly OccurrenceEntry[]): Promise<void>;
  /** Keeps what became of the reports of occurrences. */
  appendTallies(accountKey: string, tallies: readonly OccurrenceTally[]): Promise<void>;
  /** Keeps occurrences that passed without a tick. */
  appendMissed(accountKey: string, missed: readonly MissedOccurrence[]): Promise<void>;
  /** What is kept of occurrences, the newest first. */
  occurrences(accountKey: string, asked: OccurrencesAsked): Promise<KeptOccurrences>;
  /** What became so far of the reports of occurrences of which anything can still change. */
  tallies(accountKey: string): Promise<readonly OccurrenceTally[]>;
  prune(accountKey: string, limit: number): Promise<number>;
  beat(heartbeat: Heartbeat): Promise<void>;
  /** Which version of the windows' blob is in force. */
  windowsRecord(): Promise<WindowsRecord>;
  putWindowsRecord(record: WindowsRecord): Promise<void>;
}

/** The ledger in the two tables. `owner` names this process among those that compete for leases. */
export function createLedger(options: {
  readonly tables: () => Promise<LedgerTables>;
  readonly clock: Clock;
  readonly owner: string;
  readonly leaseTiming: LeaseTiming;
  /** Lets others have their turn while very many rows are sorted. */
  readonly giveWay: GiveWay;
}): Ledger {
  const { clock, owner, leaseTiming: timing } = options;
  const live = async () => (await options.tables()).live;
  const historyTable = async () => (await options.tables()).history;
  const read = async (accountKey: string) =>
    runInSlices(
      snapshotInSteps(await queryRows(await live(), `PartitionKey eq '${accountKey}'`)),
      options.giveWay,
    );

  const hold = async (accountKey: string, isTick: boolean): Promise<HeldAccount | null> => {
    const table = await live();
    const lease = await acquireLease(table, { accountKey, owner, clock, timing, isTick });
    if (lease === null) {
      return null;
    }
    const writer = createFencedWriter(table, { lease, clock, timing });
    return {
      writer,
      wasAnothers: lease.wasAnothers,
      reached: async () => {
        if (lease.waitedSinceMs !== null) await writer.write([{ kind: 'delete', rowKey: rowKeys.waits }]);
      },
      release: async () => {
        try {
          await releaseLease(table, await writer.close());
        } catch (error) {
          asLedgerError(error);
        }
      },
    };
  };

  return {
    read,
    facts: async (accountKey) => {
      const only = `PartitionKey eq '${accountKey}' and RowKey eq '${rowKeys.facts}'`;
      const [stored] = await queryRows(await live(), only);
      return stored === undefined ? noFacts : decodeFacts(stored.row);
    },
    survey: async (accountKeys) => surveyLedger(await live(), accountKeys),
    allHolds: async () => {
      const table = await live();
      const [rows, ends] = await Promise.all([
        queryRows(table, "RowKey gt 'hold|' and RowKey lt 'hold}'"),
        readSaidEnds(table, []),
      ]);
      return rows.map(({ row }) => decodeRow(row, holdShape)).map(untilSaid(ends));
    },
    allSaidEnds: async (accountKeys) => readSaidEnds(await live(), accountKeys),
    dropSaidEnds: async (accountKey, ends) =>
      dropRows(
        await live(),
        accountKey,
        ends.map(({ end, etag }) => ({ rowKey: rowKeys.occurrenceEnd(end), etag })),
      ),
    exemptions: createExemptionRows(live),
    dropExemptions: async (accountKey, exemptions) =>
      dropRows(
        await live(),
        accountKey,
        exemptions.map(({ exemption, etag }) => ({ rowKey: rowKeys.exemption(exemption), etag })),
      ),
    hold: (accountKey) => hold(accountKey, false),
    holdForTick: (accountKey) => hold(accountKey, true),
    isHeldHere: async (accountKey) => {
      const held = await readHeld(await live(), accountKey);
      return held !== null && held.owner === owner && held.expiresAtMs > clock.now();
    },
    countHolds: async (accountKey, asked) => countHolds(await live(), accountKey, asked),
    countOurs: async (accountKey) => countOurs(await live(), accountKey),
    sayWaits: async (accountKey, forInMs) => {
      const nowMs = clock.now();
      return sayWaits(await live(), accountKey, { nowMs, untilMs: nowMs + forInMs });
    },
    isWaitedFor: async (accountKey) => {
      const waits = await readWaits(await live(), accountKey);
      return waits !== null && waits.untilMs > clock.now();
    },
    order: createRequestOrder(live),
    putStatements: async (accountKey, statements) =>
      upsertAll(await live(), [
        ...statements.map((one) => encodeRow(accountKey, rowKeys.statement(one.reportId), one)),
        newsRow(accountKey),
      ]),
    changeHolds: async (accountKey, change) => changeHolds(await live(), { accountKey, change, read }),
    dropEnds: async (accountKey, ends) =>
      dropRows(
        await live(),
        accountKey,
        ends.map(({ end, etag }) => ({ rowKey: rowKeys.holdsEnd(end), etag })),
      ),
    dropHolds: async (accountKey, holds) =>
      dropRows(
        await live(),
        accountKey,
        holds.map(({ hold, etag }) => ({ rowKey: rowKeys.hold(hold), etag })),
      ),
    ownership: async (accountKey, reportId) => readOwnership(await live(), accountKey, reportId),
    append: async (accountKey, entries) => appendHistory(await historyTable(), accountKey, entries),
    history: async (accountKey, reportId, asked) =>
      readHistory(await historyTable(), { accountKey, reportId, asked }),
    appendOccurrences: async (accountKey, entries) =>
      appendOccurrences(await historyTable(), accountKey, entries),
    appendTallies: async (accountKey, tallies) => appendTallies(await historyTable(), accountKey, tallies),
    appendMissed: async (accountKey, missed) => appendMissed(await historyTable(), accountKey, missed),
    occurrences: async (accountKey, asked) => readOccurrences(await historyTable(), accountKey, asked),
    tallies: async (accountKey) => readTallies(await live(), accountKey),
    prune: async (accountKey, limit) =>
      pruneHistory(await historyTable(), { accountKey, nowMs: clock.now(), limit }),
    windowsRecord: async () =>
      windowsRecordOf(await queryRows(await live(), `PartitionKey eq '${APP_PARTITION}'`)),
    putWindowsRecord: async (record) => upsertAll(await live(), [windowsRow(record)]),
    beat: async (heartbeat) => upsertAll(await live(), [heartbeatRow(heartbeat)]),
  };
}

function upsertAll(table: TableClient, rows: readonly ReturnType<typeof encodeRow>[]): Promise<void> {
  return putRows(table, 'write the ledger', rows);
}
