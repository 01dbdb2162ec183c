import { untilSaid } from '../model/hold.ts';
import type { Clock } from '../time/clock.ts';
import { type GiveWay, runInSlices } from '../time/steps.ts';
import { APP_PARTITION, heartbeatRow, windowsRecordOf, windowsRow } from './appRows.ts';
import type { TableClient } from './azureTypes.ts';
import { changeHolds, dropRows } from './changeHolds.ts';
import { countHolds } from './countHolds.ts';
import { countOurs } from './countOurs.ts';
import { createExemptionRows } from './exemptionRows.ts';
import { createFencedWriter } from './fencedWriter.ts';
import { appendHistory, pruneHistory, readHistory } from './history.ts';
import { acquireLease, type LeaseTiming, readHeld, readWaits, releaseLease, sayWaits } from './lease.ts';
import type { HeldAccount, Ledger } from './ledger.ts';
import { asLedgerError } from './ledgerError.ts';
import { decodeFacts, decodeRow, encodeRow, holdShape, noFacts, rowKeys } from './ledgerRows.ts';
import { newsRow } from './lookRows.ts';
import { appendMissed, appendOccurrences, appendTallies, readOccurrences } from './occurrenceHistory.ts';
import { readOwnership } from './ownershipRow.ts';
import { createRequestOrder } from './requestOrder.ts';
import { snapshotInSteps } from './snapshot.ts';
import { readSaidEnds, surveyLedger } from './survey.ts';
import { type LedgerTables, putRows, queryRows } from './tables.ts';
import { readTallies } from './tallyRows.ts';

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
