import fc from 'fast-check';
import { createDeliveries } from '../../../shared/ledger/deliveries.ts';
import { createFencedWriter } from '../../../shared/ledger/fencedWriter.ts';
import { appendHistory, newest, readHistory } from '../../../shared/ledger/history.ts';
import { createKeyedHolds } from '../../../shared/ledger/keyedHolds.ts';
import { acquireLease } from '../../../shared/ledger/lease.ts';
import { encodeRow } from '../../../shared/ledger/ledgerRows.ts';
import { queryRows } from '../../../shared/ledger/tables.ts';
import type { RunRecord } from '../../../shared/runs/runRecord.ts';
import { createRunStore } from '../../../shared/runs/runStore.ts';
import type { Run, RunResult } from '../../../shared/service/run.ts';
import { keyStateShape } from '../../../shared/webhooks/planHolds.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';
import { ACCOUNT, holdOn, reportId } from '../../integration/ledgerUnderTest.ts';
import { createMemoryTables } from '../../simulation/memoryTables.ts';

// The tables in memory refuse what Azure refuses: 100 entities and 4 MiB a transaction, 64 KiB a property, 1 MiB an entity.

const clock = createFakeClock();
const openTable = () => createMemoryTables(clock.now).open('T');
const always =
  <Value>(value: Value) =>
  () =>
    Promise.resolve(value);
const timing = { durationInMs: 60_000, clockMarginInMs: 15_000 };

/** Text of all kinds: halves of characters at any place, characters of one to four bytes, quotes that are escaped. */
const text = (maxLength: number) =>
  fc.oneof(
    fc.string({ unit: 'binary', maxLength: Math.min(maxLength, 200) }),
    fc
      .tuple(fc.constantFrom('a', '"', 'é', '名', '😀', '\\'), fc.nat({ max: maxLength }), fc.nat({ max: 1 }))
      .map(([unit, length, shift]) => 'x'.repeat(shift) + unit.repeat(Math.floor(length / unit.length))),
  );
const count = (max: number) => fc.oneof(fc.nat({ max: 3 }), fc.nat({ max }));

const sized = <Value>(arbitrary: fc.Arbitrary<Value>, prove: (value: Value) => Promise<void>) =>
  fc.assert(fc.asyncProperty(arbitrary, prove), { numRuns: 30 });

function recordOf(more: Partial<RunRecord>): RunRecord {
  return {
    ...{ runId: 'aaaaaaaa-0000-4000-8000-000000000000', correlationId: 'c', caller: 'ann', state: 'working' },
    ...{
      startedMs: 0,
      busyUntilMs: 0,
      nextMs: 0,
      place: null,
      doneMs: null,
      isHeld: false,
      total: 0,
      cursor: 0,
    },
    ...{ resultRows: 0, fruitlessTries: 0, problems: [], summary: {}, undone: 0 },
    work: {
      door: 'pause',
      request: {
        account: 'default',
        untilMs: null,
        timeZone: null,
        reason: 'r',
        requestId: null,
        holdId: 'h',
      },
    },
    ...more,
  };
}

const resultOf = (at: number, message: string): RunResult => ({
  ...{
    reportId: reportId(at),
    reportName: message.slice(0, 256),
    outcome: 'paused',
    code: 'hold_began',
    message,
  },
  ...{ before: 'Active', after: 'Paused', attempts: 1, durationInMs: 1, requestId: null, account: 'default' },
});

test('a run keeps its reports, its results and its problems, however many and however long', async () => {
  await sized(
    fc.tuple(count(10_000), count(3_000), text(4_000), text(60_000)),
    async ([ids, results, message, why]) => {
      const store = createRunStore(always(openTable()));
      const asked = Array.from({ length: ids }, (_, at) => reportId(at));
      const problems: Run['problems'] = [{ code: 'ledger_unavailable', account: null, message: why }];
      await store.create(recordOf({ total: ids }), asked);
      const stored = await store.read(recordOf({}).runId);
      const told = Array.from({ length: results }, (_, at) => resultOf(at, message));
      const kept =
        stored === null ? null : await store.advance(stored, recordOf({ total: ids, problems }), told);
      const again = await store.read(recordOf({}).runId);

      expect(again?.etag).toBe(kept?.etag);
      expect(await store.reportIds(recordOf({}).runId)).toEqual(asked);
      expect(again === null ? null : await store.results(again.record)).toEqual(told);
      expect(again?.record.problems).toEqual(problems);
    },
  );
}, 60_000);

test('rows that are written under the lease, in groups of any size and weight, come back as they were', async () => {
  await sized(
    fc.array(fc.tuple(fc.integer({ min: 1, max: 99 }), text(4_000)), { maxLength: 6 }),
    async (groups) => {
      const table = openTable();
      const lease = await acquireLease(table, {
        accountKey: ACCOUNT,
        owner: 'one',
        clock,
        timing,
        isTick: false,
      });
      if (lease === null) throw new Error('no lease');
      const writer = createFencedWriter(table, { lease, clock, timing });
      const rows = groups.map(([size, why], group) =>
        Array.from({ length: size }, (_, at) => encodeRow(ACCOUNT, `own|${group}|${at}`, { why })),
      );
      await Promise.all(rows.map((ofGroup) => writer.write(ofGroup.map((row) => ({ kind: 'put', row })))));
      const stored = await queryRows(
        table,
        `PartitionKey eq '${ACCOUNT}' and RowKey gt 'own|' and RowKey lt 'own}'`,
      );
      const byKey = (key: { rowKey: string }[]) => new Map(key.map((row) => [row.rowKey, row]));
      expect(byKey(stored.map(({ row }) => ({ ...row })))).toEqual(
        byKey(rows.flat().map((row) => ({ ...row }))),
      );
    },
  );
}, 60_000);

test('what a webhook said about many reports is kept beside their holds', async () => {
  await sized(fc.tuple(count(9_000), count(500), text(500)), async ([named, holds, why]) => {
    const keyed = createKeyedHolds(always(openTable()), keyStateShape);
    const key = { accountKey: ACCOUNT, holdId: 'webhook.k' };
    const ids = Array.from({ length: named }, (_, at) => reportId(at));
    const said = { atMs: 1, rank: 1, deliveryId: why.slice(0, 100), reportIds: ids, isEnd: false };
    const state = { history: { said: [said], forgottenUntilMs: null }, unfinished: [] };
    const written = Array.from({ length: holds }, (_, at) => holdOn(at, { holdId: key.holdId, why }));
    await keyed.change(key, () => ({ holds: written, state, unfinished: { ...state, unfinished: ['d'] } }));
    let seen: unknown;
    await keyed.change(key, (before, live) => {
      seen = [before, live.length];
      return null;
    });
    expect(seen).toEqual([state, holds]);
  });
}, 60_000);

test('history and deliveries of any number and length are kept', async () => {
  await sized(fc.tuple(count(1_000), text(3_000)), async ([entries, why]) => {
    const table = openTable();
    const common = { atMs: 1, who: why.slice(0, 200), why, runId: 'r', observed: null, requestId: null };
    const told = Array.from({ length: entries }, (_, at) => ({
      ...common,
      ...{ reportId: reportId(1), what: `what${String(at).padStart(4, '0')}` },
    }));
    await appendHistory(table, ACCOUNT, told);
    const read = await readHistory(table, {
      accountKey: ACCOUNT,
      reportId: reportId(1),
      asked: newest(2_000),
    });
    expect(read).toEqual(told);
    const deliveries = createDeliveries(always(table));
    const seen = new Map(told.map(({ what }) => [`${what}${why}`, { saidAtMs: 1, answered: 200 }]));
    await deliveries.finish('source', seen);
    for (const id of [...seen.keys()].slice(0, 3)) {
      expect(await deliveries.claim('source', id, { saidAtMs: 5, place: 5 })).toEqual({
        ...{ saidAtMs: 1, answered: 200, place: 0 },
      });
    }
  });
}, 60_000);
