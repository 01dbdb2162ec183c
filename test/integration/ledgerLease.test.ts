import { encodeRow, rowKeys } from '../../shared/ledger/ledgerRows.ts';
import { ownershipWrite } from '../../shared/running/persistDecisions.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import {
  ACCOUNT,
  LEASE_IN_MS,
  ledgerStorage,
  MARGIN_IN_MS,
  ownershipOf,
  reportId,
} from './ledgerUnderTest.ts';

const storage = ledgerStorage();

const owns = (number: number, owed: string | null = null) =>
  ownershipWrite(ACCOUNT, null, ownershipOf(number, { owed }));

describe('the lease on an account', () => {
  test('goes to one of many that ask at once, also where they share a process', async () => {
    const { machine } = await storage.open();
    const a = machine('a');
    const held = await Promise.all(
      [a, a, machine('b'), machine('c'), machine('d')].map((m) => m.hold(ACCOUNT)),
    );
    expect(held.filter((one) => one !== null)).toHaveLength(1);
  });

  test('of another account is free', async () => {
    const { machine } = await storage.open();
    await machine('a').hold(ACCOUNT);
    expect(await machine('b').hold('cmp.11111111-1111-4111-8111-111111111111')).not.toBeNull();
  });

  test('is free at once when it was given back', async () => {
    const { machine } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    await held?.writer.write(owns(1));
    await held?.release();
    expect(await machine('b').hold(ACCOUNT)).not.toBeNull();
  });

  test('of a process that died is free when its time and the margin for clocks are over, and not before', async () => {
    const { machine, clock } = await storage.open();
    await machine('dead').hold(ACCOUNT);
    await clock.advance(LEASE_IN_MS + MARGIN_IN_MS);
    expect(await machine('b').hold(ACCOUNT)).toBeNull();
    await clock.advance(1);
    expect(await machine('b').hold(ACCOUNT)).not.toBeNull();
  });

  test('is not taken by a machine whose clock goes ahead by less than the margin', async () => {
    const { machine, clock } = await storage.open();
    const ahead = createFakeClock({ startMs: clock.now() + MARGIN_IN_MS });
    const held = await machine('a').hold(ACCOUNT);
    await clock.advance(LEASE_IN_MS);
    await ahead.advance(LEASE_IN_MS);
    expect(await machine('b', ahead).hold(ACCOUNT)).toBeNull();
    await expect(held?.writer.write(owns(1))).resolves.toBeUndefined();
  });

  test('lasts longer with every write', async () => {
    const { machine, clock } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    await clock.advance(LEASE_IN_MS - 1);
    await held?.writer.write(owns(1));
    await clock.advance(LEASE_IN_MS);
    expect(await machine('b').hold(ACCOUNT)).toBeNull();
  });

  test('that was passed on is not given back by the one that lost it', async () => {
    const { machine, clock } = await storage.open();
    const lost = await machine('a').hold(ACCOUNT);
    await clock.advance(LEASE_IN_MS + MARGIN_IN_MS + 1);
    await machine('b').hold(ACCOUNT);
    await lost?.release();
    expect(await machine('c').hold(ACCOUNT)).toBeNull();
  });
});

describe('whether an attempt fits the lease', () => {
  test('is true while its end is before the lease’s, with the margin, and renews where it is not', async () => {
    const { machine, clock } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    const longest = LEASE_IN_MS - MARGIN_IN_MS;
    expect(await held?.writer.holdsUntil(clock.now() + longest)).toBe(true);
    await clock.advance(60_000);
    expect(await held?.writer.holdsUntil(clock.now() + longest)).toBe(true);
    await clock.advance(LEASE_IN_MS);
    expect(await machine('b').hold(ACCOUNT)).toBeNull();
  });

  test('is false for an attempt that is longer than any lease', async () => {
    const { machine, clock } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    expect(await held?.writer.holdsUntil(clock.now() + LEASE_IN_MS - MARGIN_IN_MS + 1)).toBe(false);
  });

  test('is refused where the lease had passed on before it could be renewed', async () => {
    const { machine, clock } = await storage.open();
    const slow = createFakeClock({ startMs: clock.now() });
    const held = await machine('a', slow).hold(ACCOUNT);
    await clock.advance(LEASE_IN_MS + MARGIN_IN_MS + 1);
    await machine('b').hold(ACCOUNT);
    await slow.advance(60_000);
    await expect(held?.writer.holdsUntil(slow.now() + 60_000)).rejects.toThrow(
      expect.objectContaining({ name: 'LedgerError' }),
    );
  });
});

describe('a holder that has lost its lease', () => {
  test('goes on after a long wait as long as nobody took the lease, and keeps others out by it', async () => {
    const { machine, clock } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    await clock.advance(LEASE_IN_MS + MARGIN_IN_MS + 1);
    await held?.writer.write(owns(1));
    expect((await machine('a').read(ACCOUNT)).ownerships.size).toBe(1);
    expect(await machine('b').hold(ACCOUNT)).toBeNull();
  });

  test('can write nothing when another has it, though its own slow clock says that it still has', async () => {
    const { machine, clock } = await storage.open();
    const slow = createFakeClock({ startMs: clock.now() });
    const first = await machine('a', slow).hold(ACCOUNT);
    await first?.writer.write(owns(1));
    await clock.advance(LEASE_IN_MS + MARGIN_IN_MS + 1);
    const second = await machine('b').hold(ACCOUNT);

    await expect(first?.writer.write([...owns(1, 'changed'), ...owns(2)])).rejects.toMatchObject({
      code: 'lease_lost',
    });
    await expect(first?.writer.write(owns(3))).rejects.toMatchObject({ code: 'lease_lost' });
    expect(await machine('c').read(ACCOUNT)).toMatchObject({
      ownerships: new Map([[reportId(1), ownershipOf(1)]]),
    });
    await expect(second?.writer.write(owns(4))).resolves.toBeUndefined();
  });
});

describe('a transaction of the leaseholder', () => {
  test('that meets a row which has changed stores nothing at all, and the lease stays', async () => {
    const { machine, tables } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    await held?.writer.write([...owns(1), ...owns(2)]);
    const stale = encodeRow(ACCOUNT, rowKeys.ownership(reportId(3)), ownershipOf(3));
    await tables.live.createEntity(stale);

    const attempt = held?.writer.write([
      ...owns(1, 'changed'),
      { kind: 'delete', rowKey: rowKeys.ownership(reportId(2)) },
      ...owns(4),
      { kind: 'replace', row: stale, etag: 'W/"datetime\'2020-01-01T00%3A00%3A00.0000000Z\'"' },
    ]);
    await expect(attempt).rejects.toMatchObject({ code: 'ledger_conflict' });
    expect((await machine('b').read(ACCOUNT)).ownerships).toEqual(
      new Map([1, 2, 3].map((number) => [reportId(number), ownershipOf(number)])),
    );
    await held?.writer.write(owns(5));
    expect(await machine('b').hold(ACCOUNT)).toBeNull();
  });

  test('that creates a row which is there already stores nothing at all', async () => {
    const { machine } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    await held?.writer.write(owns(1));
    const again = encodeRow(ACCOUNT, rowKeys.ownership(reportId(1)), ownershipOf(1, { owed: 'changed' }));
    await expect(held?.writer.write([...owns(2), { kind: 'create', row: again }])).rejects.toMatchObject({
      code: 'ledger_conflict',
    });
    expect((await machine('b').read(ACCOUNT)).ownerships).toEqual(new Map([[reportId(1), ownershipOf(1)]]));
  });

  test('is shared by all that write at once, and more than fit one go in several', async () => {
    const { machine, tables } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    let transactions = 0;
    const { live } = tables;
    const submit = live.submitTransaction.bind(live);
    live.submitTransaction = async (actions, options) => {
      transactions += 1;
      return submit(actions, options);
    };
    await Promise.all(Array.from({ length: 250 }, (_, at) => held?.writer.write(owns(at + 1))));
    expect(transactions).toBe(3);
    expect((await machine('b').read(ACCOUNT)).ownerships.size).toBe(250);
  });

  test('is refused where what belongs together does not fit one', async () => {
    const { machine } = await storage.open();
    const held = await machine('a').hold(ACCOUNT);
    const many = Array.from({ length: 100 }, (_, at) => owns(at + 1)).flat();
    await expect(held?.writer.write(many)).rejects.toThrow(RangeError);
    await expect(held?.writer.write(many.slice(0, 99))).resolves.toBeUndefined();
  });
});
