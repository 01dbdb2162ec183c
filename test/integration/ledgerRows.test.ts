import { HISTORY_KEPT_IN_DAYS, type HistoryEntry, newest } from '../../shared/ledger/history.ts';
import { encodeRow, rowKeys, SCHEMA_VERSION } from '../../shared/ledger/ledgerRows.ts';
import { emptyBrief } from '../../shared/ledger/survey.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import { ACCOUNT, holdOn, ledgerStorage, ownershipOf, putHolds, reportId } from './ledgerUnderTest.ts';

const storage = ledgerStorage();

const numbers = (count: number) => Array.from({ length: count }, (_, at) => at + 1);

describe('holds in the ledger', () => {
  test('are read back as they were written, more than a transaction and a page take', async () => {
    const { machine } = await storage.open();
    const holds = numbers(1_205).map((number) => holdOn(number));
    await putHolds(machine('a'), ACCOUNT, holds);
    const read = await machine('b').read(ACCOUNT);
    expect(read.holds.map(({ hold }) => hold)).toEqual(holds.map((hold) => ({ ...hold, place: 1 })));
  });

  test('of the same id are replaced, and others stand beside them', async () => {
    const { machine } = await storage.open();
    await putHolds(machine('a'), ACCOUNT, [holdOn(1), holdOn(1, { holdId: 'request.two' })]);
    await putHolds(machine('a'), ACCOUNT, [holdOn(1, { why: 'longer', untilMs: 5 })]);
    const { holds } = await machine('a').read(ACCOUNT);
    expect(holds.map(({ hold }) => [hold.holdId, hold.why, hold.untilMs])).toEqual([
      ['request.one', 'longer', 5],
      ['request.two', 'maintenance', null],
    ]);
  });

  test('that many change at once keep every change', async () => {
    const { machine } = await storage.open();
    await putHolds(
      machine('a'),
      ACCOUNT,
      numbers(150).map((number) => holdOn(number, { why: '' })),
    );
    const writers = ['a', 'b', 'c', 'd'];
    const changed = await Promise.all(
      writers.map((name) =>
        machine(name).changeHolds(ACCOUNT, (hold) => ({ ...hold, why: `${hold.why}${name}` })),
      ),
    );
    expect(changed.map((holds) => holds.length)).toEqual([150, 150, 150, 150]);
    const { holds } = await machine('a').read(ACCOUNT);
    expect(new Set(holds.map(({ hold }) => [...hold.why].sort().join('')))).toEqual(new Set(['abcd']));
  });

  test('that change faster than they can be changed are given up, and never overwritten', async () => {
    const { machine, tables } = await storage.open();
    await putHolds(machine('door'), ACCOUNT, [holdOn(1, { why: '' })]);
    const { live } = tables;
    const submit = live.submitTransaction.bind(live);
    let writes = 0;
    live.submitTransaction = async (actions, options) => {
      writes += 1;
      await live.upsertEntity({ ...encodeRow(ACCOUNT, rowKeys.hold(holdOn(1)), holdOn(1, { why: 'door' })) });
      return submit(actions, options);
    };
    await expect(
      machine('slow').changeHolds(ACCOUNT, (hold) => ({ ...hold, why: 'slow' })),
    ).rejects.toMatchObject({ code: 'ledger_conflict' });
    expect(writes).toBeLessThan(20);
    expect((await machine('a').read(ACCOUNT)).holds.map(({ hold }) => hold.why)).toEqual(['door']);
  });

  test('are dropped when they are over, but not one that was written anew since it was read', async () => {
    const { machine } = await storage.open();
    await putHolds(
      machine('a'),
      ACCOUNT,
      numbers(40).map((number) => holdOn(number)),
    );
    const { holds } = await machine('a').read(ACCOUNT);
    await putHolds(machine('door'), ACCOUNT, [holdOn(7, { why: 'asked for again' })]);
    await machine('a').dropHolds(ACCOUNT, holds);
    await expect(machine('a').dropHolds(ACCOUNT, holds)).resolves.toBeUndefined();
    const left = (await machine('b').read(ACCOUNT)).holds.map(({ hold }) => hold);
    expect(left).toEqual([holdOn(7, { why: 'asked for again', place: 2 })]);
  });
});

describe('the whole ledger', () => {
  test('is surveyed by account: what is looked after, what waits for a run, and the last heartbeat', async () => {
    const { machine, tables } = await storage.open();
    const a = machine('a');
    expect((await a.survey([])).heartbeat).toBeNull();
    await putHolds(a, ACCOUNT, [holdOn(1), holdOn(2)]);
    await a.putStatements(ACCOUNT, [
      { reportId: reportId(1), whose: 'ours', by: 'kim', why: 'ours', atMs: 1 },
    ]);
    await putHolds(a, 'cmp.unknown-to-the-settings', [holdOn(2)]);
    await tables.live.createEntity(
      encodeRow(ACCOUNT, rowKeys.ownership(reportId(3)), 'whatever: it is not looked into'),
    );
    for (const [at, nextExpectedMs] of [80, 70, 90].entries()) {
      const followUp = { reportId: reportId(at), reportName: 'r', nextExpectedMs };
      await tables.live.createEntity(encodeRow('mpn.follow', rowKeys.followUp(reportId(at)), followUp));
    }
    await (await a.hold('mpn.idle'))?.release();
    await a.beat({ tickedAtMs: 5, status: 'partial' });
    await a.beat({ tickedAtMs: 9, status: 'ok' });

    // So many accounts are asked about in several ranges of keys, and none falls between two of them.
    const many = Array.from({ length: 200 }, (_, at) => `mpn.${String(at).padStart(3, '0')}`);
    for (const key of ['mpn.050', 'mpn.149']) await putHolds(a, key, [holdOn(1)]);
    const { accounts, heartbeat } = await machine('b').survey([...many, ACCOUNT]);

    expect(heartbeat).toEqual({ tickedAtMs: 9, status: 'ok' });
    const news = expect.stringMatching(/./);
    const waiting = { ...emptyBrief, waiting: 1, news };
    expect(Object.fromEntries(accounts)).toEqual({
      [ACCOUNT]: { ...emptyBrief, lookedAfter: 1, waiting: 3, news },
      'cmp.unknown-to-the-settings': waiting,
      'mpn.050': waiting,
      'mpn.149': waiting,
      'mpn.follow': { ...emptyBrief, nextExpectedMs: 70 },
    });
  });

  test.each([
    [
      'of a newer version',
      {
        ...encodeRow(ACCOUNT, rowKeys.ownership(reportId(1)), ownershipOf(1)),
        schemaVersion: SCHEMA_VERSION + 1,
      },
    ],
    ['that is no JSON', { ...encodeRow(ACCOUNT, rowKeys.ownership(reportId(1)), 1), json: '{' }],
    ['of another shape', encodeRow(ACCOUNT, rowKeys.hold(holdOn(1)), { holdId: 'request.one' })],
    ['without our columns', { partitionKey: ACCOUNT, rowKey: rowKeys.ownership(reportId(1)), other: 1 }],
  ])('is not read past a row %s: nothing may be done on half of it', async (_, row) => {
    const { machine, tables } = await storage.open();
    await putHolds(machine('a'), ACCOUNT, [holdOn(2)]);
    await tables.live.createEntity(row);
    await expect(machine('a').read(ACCOUNT)).rejects.toMatchObject({ code: 'ledger_unreadable' });
  });

  test('refuses a lease of a newer version', async () => {
    const { machine, tables } = await storage.open();
    const row = encodeRow(ACCOUNT, rowKeys.lease, { owner: 'new', expiresAtMs: 0 });
    await tables.live.createEntity({ ...row, schemaVersion: SCHEMA_VERSION + 1 });
    await expect(machine('a').hold(ACCOUNT)).rejects.toMatchObject({ code: 'ledger_unreadable' });
  });
});

describe('the history of a report', () => {
  const entry = (atMs: number, more: Partial<HistoryEntry> = {}): HistoryEntry => ({
    ...{ reportId: reportId(1), atMs, what: 'paused', who: 'timer', why: 'hold_began', runId: 'run' },
    ...{ observed: 'Paused', requestId: null },
    ...more,
  });

  test('is told newest first, as much as is asked for, and never another report’s', async () => {
    const { machine } = await storage.open();
    const entries = numbers(230).map((atMs) => entry(atMs));
    await machine('a').append(ACCOUNT, [...entries, entry(500, { reportId: reportId(2) })]);
    const told = await machine('b').history(ACCOUNT, reportId(1), newest(3));
    expect(told.map(({ atMs }) => atMs)).toEqual([230, 229, 228]);
    expect(await machine('b').history(ACCOUNT, reportId(1), newest(1_000))).toEqual([...entries].reverse());
    expect(await machine('b').history('cmp.other', reportId(1), newest(10))).toEqual([]);
  });

  test('has an entry once, though it is written twice', async () => {
    const { machine } = await storage.open();
    await machine('a').append(ACCOUNT, [entry(1), entry(1), entry(1, { what: 'resumed' })]);
    await machine('a').append(ACCOUNT, [entry(1)]);
    const told = await machine('a').history(ACCOUNT, reportId(1), newest(10));
    expect(told.map(({ what }) => what)).toEqual(['paused', 'resumed']);
  });

  test('is kept for 90 days and then dropped, some at a time', async () => {
    const { machine } = await storage.open();
    // The storage's own clock says how old an entry is, and that is the machine's.
    const inDays = (days: number) => createFakeClock({ startMs: Date.now() + days * 86_400_000 });
    await machine('a').append(
      ACCOUNT,
      numbers(130).map((atMs) => entry(atMs, { runId: `run ${atMs}` })),
    );
    expect(await machine('a', inDays(HISTORY_KEPT_IN_DAYS - 1)).prune(ACCOUNT, 1_000)).toBe(0);
    expect(await machine('a', inDays(HISTORY_KEPT_IN_DAYS + 1)).prune(ACCOUNT, 120)).toBe(120);
    expect(await machine('a').history(ACCOUNT, reportId(1), newest(1_000))).toHaveLength(10);
    expect(await machine('a', inDays(HISTORY_KEPT_IN_DAYS + 1)).prune(ACCOUNT, 120)).toBe(10);
  });
});
