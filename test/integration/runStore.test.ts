import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import { openTable } from '../../shared/ledger/tables.ts';
import { continueRun, type Progress, type RunWork } from '../../shared/runs/continueRun.ts';
import type { RunRecord } from '../../shared/runs/runRecord.ts';
import { createRunStore, type RunStore } from '../../shared/runs/runStore.ts';
import { makeRun, type Run, type RunResult } from '../../shared/service/run.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import { takeStorageAccount } from '../setUp/takeStorageAccount.ts';
import { reportId } from './ledgerUnderTest.ts';

jest.setTimeout(60_000);

const silent = { info: () => {}, warn: () => {}, error: () => {} };
const MINUTE_IN_MS = 60_000;

const connectionString = takeStorageAccount();
let store: RunStore;

function storeIn(name: string): RunStore {
  const table = openTable({ kind: 'connectionString', connectionString }, name);
  return createRunStore(() => table);
}

beforeAll(() => {
  store = storeIn('Runs');
});

const reports = (total: number) => Array.from({ length: total }, (_, at) => reportId(at + 1));
const idsOf = (results: readonly RunResult[]) => results.map(({ reportId: id }) => id);

function newRun(total: number): RunRecord {
  return {
    ...{ runId: randomUUID(), correlationId: randomUUID(), caller: 'ann', state: 'working' },
    ...{
      startedMs: 0,
      busyUntilMs: 0,
      nextMs: 0,
      place: null,
      doneMs: null,
      isHeld: false,
      total,
      cursor: 0,
    },
    ...{ resultRows: 0, fruitlessTries: 0, summary: {}, undone: 0 },
    problems: [],
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
  };
}

function resultOf(id: string): RunResult {
  return {
    ...{ reportId: id, reportName: '', outcome: 'paused', code: 'hold_began', message: '' },
    ...{ before: 'Active', after: 'Paused', attempts: 1, durationInMs: 1, requestId: null },
    account: 'default',
  };
}

/** How a pass over some reports can end: done, or for now not even begun. */
function endOf(end: string, ids: readonly string[]): Pick<Run, 'problems' | 'results'> {
  const hindered = (code: 'account_busy' | 'run_stopped') =>
    ids.map((id): RunResult => ({ ...resultOf(id), outcome: 'skipped', code, after: null }));
  const lost: Run['problems'] = [
    { code: 'ledger_unavailable', account: 'default', message: 'storage is away' },
  ];
  switch (end) {
    case 'holds not written':
      return { problems: lost, results: [] };
    case 'ledger lost':
      return { problems: lost, results: hindered('run_stopped') };
    case 'account busy':
      return { problems: [], results: hindered('account_busy') };
    default:
      return { problems: [], results: ids.map(resultOf) };
  }
}

describe('the results of a run', () => {
  test('hold each report once, in whatever order stale and repeated writes come', async () => {
    const total = 100;
    const step = fc.record({
      worker: fc.nat({ max: 2 }),
      act: fc.constantFrom('read', 'advance', 'advance and lose the answer'),
      pace: fc.integer({ min: 1, max: 45 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 30 }), async (steps) => {
        const { runId } = await created(total);
        const seen = new Map<number, Awaited<ReturnType<RunStore['read']>>>();
        const advance = async (worker: number, pace: number) => {
          const stored = seen.get(worker) ?? null;
          if (stored === null || stored.record.cursor >= total) return;
          const { record } = stored;
          const chunk = reports(total).slice(record.cursor, record.cursor + pace);
          await store.advance(
            stored,
            { ...record, cursor: record.cursor + chunk.length },
            chunk.map(resultOf),
          );
        };
        const finish = ['read', 'advance'].map((act) => ({ worker: 3, act, pace: total }));
        for (const { worker, act, pace } of [...steps, ...finish]) {
          if (act === 'read') {
            seen.set(worker, await store.read(runId));
          } else {
            await advance(worker, pace);
            if (act === 'advance') seen.delete(worker);
          }
        }
        const end = await store.read(runId);
        expect(end === null ? [] : idsOf(await store.results(end.record))).toEqual(reports(total));
      }),
      { numRuns: 40 },
    );
  });

  test('hold each report once, however duplicate messages interleave, and whatever delays or hinders their work', async () => {
    const total = 450;
    const pass = fc.record({
      minutes: fc.nat({ max: 6 }),
      end: fc.constantFrom('done', 'done', 'holds not written', 'ledger lost', 'account busy'),
    });
    await fc.assert(
      fc.asyncProperty(
        fc.scheduler(),
        fc.array(pass, { minLength: 12, maxLength: 12 }),
        async (scheduler, fates) => {
          const { runId } = await created(total);
          const clock = createFakeClock();
          let passes = 0;
          const work: RunWork = {
            parts: { clock, runTimeBudgetInMs: MINUTE_IN_MS },
            store: {
              ...store,
              read: scheduler.scheduleFunction(store.read),
              advance: scheduler.scheduleFunction(store.advance),
            },
            service: {
              resume: () => Promise.reject(new Error('nobody asked')),
              heldByRequest: async () => [],
              leave: async () => {},
              hold: async () => {},
              sayOccurrenceEnd: async () => {},
              endHeld: () => Promise.reject(new Error('nobody asked')),
              extendHeld: () => Promise.reject(new Error('nobody asked')),
              pauseHeld: async ({ reportIds }, { correlationId }) => {
                const { minutes, end } = fates[passes] ?? { minutes: 0, end: 'done' };
                passes += 1;
                await clock.advance(minutes * MINUTE_IN_MS);
                return makeRun({
                  ...{ runId, correlationId, door: 'pause', startedUtc: '', durationInMs: 0, events: [] },
                  ...endOf(end, reportIds),
                });
              },
            },
          };
          const deliver = (on: RunWork) =>
            continueRun(on, runId, { untilMs: clock.now() + 4 * MINUTE_IN_MS, teller: silent });
          const delivered = Promise.all([deliver(work), deliver(work), deliver(work)]);
          const ends: Progress[] = [...(await scheduler.waitFor(delivered))];

          // Each message that is not done says when to look again, so that the run is never without one.
          expect(ends.filter((end) => end.kind === 'elsewhere' && end.lookAgainInMs === null)).toEqual([]);
          let last = ends.find(({ kind }) => kind === 'done');
          for (let again = 0; last === undefined && again < 20; again += 1) {
            await clock.advance(5 * MINUTE_IN_MS);
            const end = await deliver({ ...work, store });
            last = end.kind === 'done' ? end : undefined;
          }
          expect(last).toMatchObject({ kind: 'done', record: { cursor: total } });
          const end = await store.read(runId);
          const results = end === null ? [] : await store.results(end.record);
          expect(idsOf(results)).toEqual(reports(total));
          expect(results.every(({ outcome }) => outcome === 'paused')).toBe(true);
        },
      ),
      { numRuns: 25 },
    );
  });

  async function created(total: number): Promise<RunRecord> {
    const record = newRun(total);
    await store.create(record, reports(total));
    return record;
  }
});

describe('the store of runs', () => {
  test('keeps a list of ten thousand reports whole and in order', async () => {
    const record = newRun(10_000);

    expect(await store.create(record, reports(10_000))).toBe(true);

    expect(await store.reportIds(record.runId)).toEqual(reports(10_000));
    expect((await store.read(record.runId))?.record).toEqual(record);
  });

  test('keeps one of two runs of one id, and the key of status tokens is one for all', async () => {
    const record = newRun(3);
    const both = await Promise.all([store.create(record, reports(3)), store.create(record, reports(3))]);
    const before = await store.read(record.runId);

    const keys = await Promise.all([store.statusKey(), store.statusKey(), store.statusKey()]);

    expect(both.sort()).toEqual([false, true]);
    expect(await store.read(record.runId)).toEqual(before);
    expect(new Set(keys).size).toBe(1);
    expect(Buffer.from(keys[0] ?? '', 'base64')).toHaveLength(32);
    expect(await store.reportIds(record.runId)).toEqual(reports(3));
  });

  test('gives a key that is new or expired to one of many, and tells the others who has it', async () => {
    const claim = (nowMs: number) =>
      Promise.all(
        ['a', 'b', 'c', 'd'].map((runId) =>
          store.claimKey('key', { runId, bodyHash: '', place: null, expiresMs: nowMs + 100 }, nowMs),
        ),
      );
    for (const nowMs of [0, 100, 1_000]) {
      const known = await claim(nowMs);

      expect(known.filter((one) => one === null)).toHaveLength(1);
      const winner = 'abcd'[known.indexOf(null)];
      expect(known.filter((one) => one !== null).map(({ runId }) => runId)).toEqual([winner, winner, winner]);
    }
  });

  test('forgets what is older than it is kept, so many rows at a time, and nothing younger', async () => {
    const record = newRun(2);
    const old = storeIn('Old');
    await old.create(record, reports(2));

    expect(await old.prune(Date.now() - MINUTE_IN_MS, 1_000)).toBe(0);
    expect(await old.read(record.runId)).not.toBeNull();
    expect(await old.prune(Date.now() + MINUTE_IN_MS, 1)).toBe(1);
    while ((await old.prune(Date.now() + MINUTE_IN_MS, 1_000)) > 0);
    expect(await old.read(record.runId)).toBeNull();
    expect(await old.reportIds(record.runId)).toEqual([]);
  });
});
