// Two processes write the same row of the ledger, one of them wholly between two calls of the other: at whichever call that is, it
// ends as if one had come after the other.
import { z } from 'zod';
import type { TableClient } from '../../../shared/ledger/azureTypes.ts';
import { dropRows } from '../../../shared/ledger/changeHolds.ts';
import { createKeyedHolds } from '../../../shared/ledger/keyedHolds.ts';
import { acquireLease, releaseLease } from '../../../shared/ledger/lease.ts';
import { decodeRow, encodeRow, holdShape, rowKeys } from '../../../shared/ledger/ledgerRows.ts';
import { createRequestOrder } from '../../../shared/ledger/requestOrder.ts';
import { entityOf } from '../../../shared/ledger/rowLimits.ts';
import { queryRows } from '../../../shared/ledger/tables.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';
import { ACCOUNT, holdOn } from '../../integration/ledgerUnderTest.ts';
import { createMemoryTables } from '../../simulation/memoryTables.ts';

const clock = createFakeClock();
const timing = { durationInMs: 60_000, clockMarginInMs: 15_000 };

/** A table as `other` sees it, and as the one sees it between whose calls the other acts, before the call of that number. */
function tableWith(act: (other: TableClient) => Promise<unknown>) {
  const tables = createMemoryTables(clock.now);
  const other = tables.open('T');
  let untilCall = Number.POSITIVE_INFINITY;
  const one = tables.open('T', async (call) => {
    untilCall -= 1;
    if (untilCall === 0) await act(other);
    return call();
  });
  const actsBefore = (call: number) => {
    untilCall = call;
  };
  /** What did not come in between comes afterwards. */
  const actsAtLast = async () => {
    if (untilCall > 0) await act(other);
  };
  return { one, other, actsBefore, actsAtLast };
}

const calls = [1, 2, 3, 4, 5, 6];

test.each(calls)(
  'of two that take a free lease one has it, the other coming before call %i',
  async (call) => {
    const take = (table: TableClient, owner: string) =>
      acquireLease(table, { accountKey: ACCOUNT, owner, clock, timing, isTick: false });
    const taken: unknown[] = [];
    const { one, other, actsBefore, actsAtLast } = tableWith(async (table) => {
      taken.push(await take(table, 'other'));
    });
    const before = await take(other, 'before');
    if (before !== null) await releaseLease(other, before);

    actsBefore(call);
    taken.push(await take(one, 'one'));
    await actsAtLast();

    expect(taken.filter((lease) => lease !== null)).toHaveLength(1);
  },
);

test.each(calls)('no two requests have one place, the other coming before call %i', async (call) => {
  const places: number[] = [];
  const arrive = async (table: TableClient) =>
    void places.push(await createRequestOrder(async () => table).arrive(ACCOUNT, null));
  const { one, actsBefore, actsAtLast } = tableWith(arrive);
  const order = createRequestOrder(async () => one);
  places.push(await order.arrive(ACCOUNT, null));

  actsBefore(call);
  places.push(await order.arrive(ACCOUNT, null));
  await actsAtLast();

  expect(places.sort()).toEqual([1, 2, 3]);
});

test.each(calls)(
  'of two that write a hold the later place counts, which comes before call %i',
  async (call) => {
    const put = (table: TableClient, place: number) =>
      createRequestOrder(async () => table).putHolds(ACCOUNT, { place, isKeptOpen: false }, [
        holdOn(1, { place }),
      ]);
    const { one, other, actsBefore, actsAtLast } = tableWith((table) => put(table, 3));
    await put(other, 1);

    actsBefore(call);
    await put(one, 2);
    await actsAtLast();

    const [stored] = await queryRows(other, `PartitionKey eq '${ACCOUNT}'`);
    expect(stored === undefined ? null : decodeRow(stored.row, holdShape)).toEqual(holdOn(1, { place: 3 }));
  },
);

test.each(calls)(
  'what two say of a webhook’s key counts both, the other coming before call %i',
  async (call) => {
    const add = (table: TableClient) =>
      createKeyedHolds(async () => table, z.number()).change({ accountKey: ACCOUNT, holdId: 'k' }, (said) => {
        const state = (said ?? 0) + 1;
        return { holds: [holdOn(1, { holdId: 'k', place: state })], state, unfinished: state };
      });
    const { one, other, actsBefore, actsAtLast } = tableWith(add);
    await add(other);

    actsBefore(call);
    await add(one);
    await actsAtLast();

    let seen: unknown;
    await createKeyedHolds(async () => other, z.number()).change(
      { accountKey: ACCOUNT, holdId: 'k' },
      (state, holds) => {
        seen = [state, holds.map(({ place }) => place)];
        return null;
      },
    );
    expect(seen).toEqual([3, [3]]);
  },
);

test('a hold that is over is not dropped where it was written anew since it was read', async () => {
  const write = (table: TableClient, why: string) =>
    table.upsertEntity(entityOf(encodeRow(ACCOUNT, rowKeys.hold(holdOn(1)), holdOn(1, { why }))), 'Replace');
  const { one, other, actsBefore } = tableWith((table) => write(table, 'again'));
  await write(other, 'over');
  const [read] = await queryRows(other, `PartitionKey eq '${ACCOUNT}'`);

  actsBefore(1);
  await dropRows(one, ACCOUNT, [{ rowKey: rowKeys.hold(holdOn(1)), etag: read?.etag ?? '' }]);

  expect(await queryRows(other, `PartitionKey eq '${ACCOUNT}'`)).toHaveLength(1);
});
