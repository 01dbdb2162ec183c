import { createKeyedHolds } from '../../shared/ledger/keyedHolds.ts';
import type { Hold } from '../../shared/model/hold.ts';
import { type ActiveIntent, applyIntent } from '../../shared/webhooks/applyIntent.ts';
import { keyStateShape } from '../../shared/webhooks/planHolds.ts';
import type { WebhookSource } from '../../shared/webhooks/webhookSource.ts';
import {
  ACCOUNT,
  holdOn,
  type LedgerUnderTest,
  ledgerStorage,
  putHolds,
  reportId,
} from './ledgerUnderTest.ts';

jest.setTimeout(60_000);

const many = Array.from({ length: 250 }, (_, at) => reportId(at + 1));

const source: WebhookSource = {
  ...{ name: 'ops', format: { kind: 'standard' }, authentication: { type: 'standard' }, secretName: 's' },
  ...{ account: 'default', reports: { kind: 'ids', reportIds: many }, maxReports: 10_000 },
  ...{ defaultHoldMs: 1, maxHoldMs: 1, ratePerMinute: 1, retired: false },
};

/** What the storage does with a transaction of a writer: lets it through, or has it wait, or never come. */
type Gate = (transaction: number) => Promise<void>;

describe('the holds that a webhook writes', () => {
  const storage = ledgerStorage();
  let ledger: LedgerUnderTest;
  beforeEach(async () => {
    ledger = await storage.open();
  });

  const head = (deliveryId: string, saidAtMs: number) => ({
    ...{ key: 'ops:a', deliveryId, saidAtMs, rank: 2, reason: 'maintenance' },
  });

  const pause = (deliveryId: string, agoMs: number, more: object = {}): ActiveIntent => {
    const nowMs = ledger.clock.now();
    return {
      ...head(deliveryId, nowMs - agoMs),
      ...{ action: 'pause', fromMs: nowMs, untilMs: nowMs + 3_600_000, untilBy: 'sender' },
      ...{ reportIds: null, deniedReportIds: [], isWholeKey: true },
      ...more,
    };
  };

  const resume = (deliveryId: string, agoMs: number): ActiveIntent => ({
    ...head(deliveryId, ledger.clock.now() - agoMs),
    ...{ action: 'resume', reportIds: null, because: 'asked' },
  });

  function apply(intent: ActiveIntent, gate: Gate = async () => {}) {
    let count = 0;
    const table = new Proxy(ledger.tables.live, {
      get: (target, name) => {
        if (name === 'submitTransaction') {
          return async (actions: Parameters<typeof target.submitTransaction>[0]) => {
            count += 1;
            await gate(count);
            return target.submitTransaction(actions);
          };
        }
        const found: unknown = Reflect.get(target, name);
        return typeof found === 'function' ? found.bind(target) : found;
      },
    });
    const keyedHolds = createKeyedHolds(async () => table, keyStateShape);
    const meant = async () => ({ ok: true, reportIds: many }) as const;
    const parts = { mode: 'act', clock: ledger.clock } as const;
    return applyIntent({ parts, keyedHolds }, { source, accountKey: ACCOUNT, intent, place: 1, meant });
  }

  async function holds(): Promise<readonly Hold[]> {
    return (await ledger.machine('reader').read(ACCOUNT)).holds.map(({ hold }) => hold);
  }

  /** A gate that stands in the way of one transaction until it is opened. */
  function barrier(atTransaction: number) {
    const reached = Promise.withResolvers<void>();
    const opened = Promise.withResolvers<void>();
    const gate: Gate = async (transaction) => {
      if (transaction === atTransaction) {
        reached.resolve();
        await opened.promise;
      }
    };
    return { gate, reached: reached.promise, open: opened.resolve };
  }

  test('stand for each report, more of them than one transaction takes', async () => {
    expect((await apply(pause('d-1', 1_000))).kind).toBe('applied');

    const stored = await holds();
    expect(stored).toHaveLength(many.length);
    expect(new Set(stored.map(({ who }) => who))).toEqual(new Set(['webhook ops']));
  });

  test.each([1, 2, 3])(
    'of an older pause, cut off before its write %i, are never written over a newer end',
    async (atTransaction) => {
      const { gate, reached, open } = barrier(atTransaction);
      const older = apply(pause('d-old', 2_000), gate);
      await reached;
      await apply(resume('d-new', 1_000));
      open();

      expect(await older).toEqual({ kind: 'nothingNew', because: 'outdated' });
      expect((await holds()).filter(({ ended }) => ended === null)).toEqual([]);
    },
  );

  test('of an older end that is slow never end what a newer pause holds', async () => {
    await apply(pause('d-1', 3_000));
    const { gate, reached, open } = barrier(2);
    const older = apply(resume('d-2', 2_000), gate);
    await reached;
    await apply(pause('d-3', 1_000));
    open();

    expect(await older).toEqual({ kind: 'nothingNew', because: 'outdated' });
    expect((await holds()).filter(({ ended }) => ended === null)).toHaveLength(many.length);
  });

  test('that a kill left half written are completed when the delivery comes again', async () => {
    const dies: Gate = async (transaction) => {
      if (transaction === 2) throw new Error('killed');
    };
    await expect(apply(pause('d-1', 1_000), dies)).rejects.toMatchObject({ code: 'ledger_unavailable' });
    expect((await holds()).length).toBeLessThan(many.length);

    expect((await apply(pause('d-1', 1_000))).kind).toBe('applied');
    expect(await holds()).toHaveLength(many.length);
    expect(await apply(pause('d-1', 1_000))).toEqual({ kind: 'nothingNew', because: 'repeated' });
  });

  test('of two equal deliveries at once are written once, and both come to an end', async () => {
    const { gate, reached, open } = barrier(2);
    const first = apply(pause('d-1', 1_000), gate);
    await reached;
    const second = await apply(pause('d-1', 1_000));
    open();

    expect([(await first).kind, second.kind].sort()).toEqual(['applied', 'nothingNew']);
    expect(await holds()).toHaveLength(many.length);
  });

  test('keep what a person decided while the maintenance goes on, and begin anew when it is moved', async () => {
    await apply(pause('d-1', 3_000));
    await ledger
      .machine('person')
      .changeHolds(ACCOUNT, (hold) => (hold.reportId === reportId(1) ? { ...hold, state: 'dropped' } : null));

    await apply(pause('d-2', 2_000, { untilMs: ledger.clock.now() + 7_200_000 }));
    const goingOn = await holds();
    const moved = { fromMs: ledger.clock.now() + 3_600_000, untilMs: ledger.clock.now() + 7_200_000 };
    await apply(pause('d-3', 1_000, moved));

    expect(goingOn.filter(({ state }) => state === 'dropped').map(({ reportId: id }) => id)).toEqual([
      reportId(1),
    ]);
    expect((await holds()).every(({ state, fromMs }) => state === 'live' && fromMs === moved.fromMs)).toBe(
      true,
    );
  });

  test('are the only ones that it ends: not those of a request, a window, another source or another key', async () => {
    const others = [
      holdOn(1),
      holdOn(2, { holdId: 'window.w.1', holder: { kind: 'window', window: 'w', occurrence: '1' } }),
      holdOn(3, { holdId: 'webhook.b', holder: { kind: 'webhook', source: 'other', key: 'ops:a' } }),
    ];
    await putHolds(ledger.machine('door'), ACCOUNT, others);
    await apply(pause('d-1', 2_000));
    await apply({ ...pause('d-2', 2_000), key: 'ops:b', deliveryId: 'd-2' });

    await apply(resume('d-3', 1_000));

    const open = (await holds()).filter(({ ended }) => ended === null);
    expect(open).toHaveLength(many.length + others.length);
    expect(open.filter(({ holdId }) => !holdId.startsWith('webhook.'))).toHaveLength(2);
  });
});
