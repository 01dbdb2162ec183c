import { createTelemetry } from '../../../shared/telemetry/createTelemetry.ts';
import type { Batch, Sender, SendOutcome } from '../../../shared/telemetry/telemetryItem.ts';
import { inSilence, inTrace } from '../../../shared/telemetry/trace.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';

const sent: SendOutcome = { kind: 'sent' };
const refused = (reason: string, retryAfterInMs: number | null = null) =>
  ({ kind: 'failed', reason, again: 'all', lost: 0, retryAfterInMs }) as const;

const place = { traceId: '1'.repeat(32), spanId: '2'.repeat(16), operationName: 'tick', invocationId: 'i' };
const call = {
  ...{ name: 'GET /x', method: 'GET', url: new URL('https://x.example/x'), startedMs: 0, durationInMs: 1 },
  ...{ resultCode: '200', success: true, spanId: null, properties: {} },
};

/** Telemetry over a way to Application Insights that answers as it is told. */
function underTest() {
  const clock = createFakeClock();
  const batches: Batch[] = [];
  let answer: SendOutcome | ReturnType<typeof refused> | 'never' = sent;
  const loads: number[] = [];
  const sender: Sender = {
    send: async (batch) => {
      batches.push(batch);
      if (answer === 'never') {
        return new Promise(() => {});
      }
      return answer.kind === 'failed' && answer.again === 'all'
        ? { ...answer, again: batch.items.map((_, position) => position) }
        : { ...answer, ...(answer.kind === 'failed' ? { again: [] } : {}) };
    },
  };
  const deferred: (() => void)[] = [];
  const telemetry = createTelemetry({
    clock,
    openSender: async () => {
      loads.push(clock.now());
      return sender;
    },
    defer: (work) => deferred.push(work),
  });
  const warnings: string[] = [];
  const flush = (more: { onlyForEvents?: boolean; isLast?: boolean } = {}) =>
    telemetry.flush({
      ...{ limitInMs: 2_000, onlyForEvents: false, isLast: false, warn: (line) => warnings.push(line) },
      ...more,
    });
  return {
    ...{ clock, telemetry, flush, loads, deferred },
    answerWith: (next: typeof answer) => {
      answer = next;
    },
    names: () => batches.flatMap(({ items }) => items.map(({ name }) => name)),
    items: (kind: Batch['kind']): readonly unknown[] =>
      batches.flatMap((batch): readonly unknown[] => (batch.kind === kind ? batch.items : [])),
    warnings: () => warnings.map((line): unknown => JSON.parse(line)),
  };
}

describe('what is recorded', () => {
  test('loads and sends nothing before it is flushed, and then everything', async () => {
    const { telemetry, flush, names, loads } = underTest();
    telemetry.event('RunFinished', { runId: 'r' });
    telemetry.metric('holdsAlive', 2, { account: 'a' });
    telemetry.dependency(call);
    await Promise.resolve();
    expect([loads, names()]).toEqual([[], []]);

    await flush();

    expect(names().sort()).toEqual(['GET /x', 'RunFinished', 'holdsAlive']);
    expect(loads).toHaveLength(1);
  });

  test('is sent without a flush too, so that a long run does not keep it until its end', async () => {
    const { telemetry, deferred, names, clock } = underTest();
    telemetry.event('RunFinished', { runId: 'r' });
    telemetry.event('RunFinished', { runId: 's' });
    expect(deferred).toHaveLength(1);

    deferred[0]?.();
    await clock.advance(0);

    expect(names()).toEqual(['RunFinished', 'RunFinished']);
  });

  test('bears the place in the trace of the invocation that it is of, also where two run at once', async () => {
    const { telemetry, flush, items } = underTest();
    const record = async (traceId: string) => {
      await inTrace({ ...place, traceId }, async () => {
        await Promise.resolve();
        telemetry.event('RunFinished', { runId: traceId });
        telemetry.dependency(call);
      });
    };
    await Promise.all([record('a'.repeat(32)), record('b'.repeat(32))]);
    await flush();

    expect(items('events')).toMatchObject([
      { properties: { runId: 'a'.repeat(32) }, trace: { traceId: 'a'.repeat(32), operationName: 'tick' } },
      { properties: { runId: 'b'.repeat(32) }, trace: { traceId: 'b'.repeat(32) } },
    ]);
    expect(items('dependencies')).toMatchObject([
      { trace: { traceId: 'a'.repeat(32), spanId: place.spanId } },
      { trace: { traceId: 'b'.repeat(32) } },
    ]);
  });

  test('leaves out what the sending of telemetry itself calls', async () => {
    const { telemetry, flush, names } = underTest();
    inSilence(() => telemetry.dependency(call));
    await flush();

    expect(names()).toEqual([]);
  });

  test('is stripped of secrets, links and control characters, and cut', async () => {
    const { telemetry, flush, items } = underTest();
    telemetry.event('ReportFailed', {
      detail: 'GET https://x.example/?sig=abc failed for Bearer abc.def\u0007',
      reportName: 'x'.repeat(5_000),
      code: null,
    });
    await flush();

    const [event] = items('events');
    expect(event).toMatchObject({ properties: { detail: 'GET [link] failed for Bearer [token]' } });
    expect(JSON.stringify(event).length).toBeLessThan(1_300);
    expect(event).not.toHaveProperty('properties.code');
  });

  test('is summed up where it is a metric, per dimensions', async () => {
    const { telemetry, flush, items } = underTest();
    for (const value of [3, 1, 2]) telemetry.metric('holdsAlive', value, { account: 'a' });
    telemetry.metric('holdsAlive', 9, { account: 'b' });
    telemetry.metric('holdsAlive', Number.NaN, { account: 'b' });
    await flush();

    expect(items('metrics')).toEqual([
      { name: 'holdsAlive', dimensions: { account: 'a' }, count: 3, sum: 6, min: 1, max: 3 },
      { name: 'holdsAlive', dimensions: { account: 'b' }, count: 1, sum: 9, min: 9, max: 9 },
    ]);
  });
});

describe('an invocation', () => {
  test('waits two seconds at most for telemetry that nobody takes', async () => {
    const { telemetry, flush, answerWith, clock } = underTest();
    answerWith('never');
    telemetry.event('RunFinished', {});
    let isOver = false;
    const flushed = flush().then(() => {
      isOver = true;
    });
    await clock.advance(1_999);
    expect(isOver).toBe(false);
    await clock.advance(1);
    await flushed;

    expect(isOver).toBe(true);
  });

  test('with a caller does not wait for dependencies and metrics alone, and sends them all the same', async () => {
    const { telemetry, flush, answerWith, names } = underTest();
    answerWith('never');
    telemetry.dependency(call);
    telemetry.metric('holdsAlive', 1, { account: 'a' });

    await flush({ onlyForEvents: true });
    await new Promise(setImmediate);

    expect(names().sort()).toEqual(['GET /x', 'holdsAlive']);
  });

  test('does not wait while Application Insights is out of reach; the next attempt comes when it is due', async () => {
    const { telemetry, flush, answerWith, names, clock } = underTest();
    answerWith(refused('503'));
    telemetry.event('RunFinished', { runId: 'first' });
    await flush();
    telemetry.event('RunFinished', { runId: 'second' });
    await clock.advance(4_999);
    await flush();
    expect(names()).toEqual(['RunFinished']);

    answerWith(sent);
    await clock.advance(1);
    await flush();

    expect(names().filter((name) => name === 'RunFinished')).toHaveLength(3);
  });

  test('at the very end tries in spite of that', async () => {
    const { telemetry, flush, answerWith, names } = underTest();
    answerWith(refused('429', 60_000));
    telemetry.event('RunFinished', {});
    await flush();
    answerWith(sent);

    await flush({ isLast: true });

    expect(names().filter((name) => name === 'RunFinished')).toHaveLength(2);
  });
});

describe('what cannot be sent', () => {
  test('waits as long as Retry-After says', async () => {
    const { telemetry, flush, answerWith, names, clock } = underTest();
    answerWith(refused('429', 60_000));
    telemetry.event('RunFinished', {});
    await flush();
    await clock.advance(59_999);
    await flush();
    expect(names()).toHaveLength(1);

    await clock.advance(1);
    await flush();

    expect(names().length).toBeGreaterThan(1);
  });

  test('is told once, and again after ten minutes, with how much waits and is lost', async () => {
    const { telemetry, flush, answerWith, warnings, clock } = underTest();
    answerWith(refused('401'));
    telemetry.event('RunFinished', {});
    await flush();
    await flush();
    await clock.advance(9 * 60_000);
    await flush();
    expect(warnings()).toEqual([{ event: 'TelemetryFailed', reason: '401', waiting: 1, lost: 0 }]);

    await clock.advance(2 * 60_000);
    await flush();

    expect(warnings()).toHaveLength(2);
  });

  test('never grows over its bound: the oldest go, are counted, and the newest arrive', async () => {
    const { telemetry, flush, answerWith, items, clock, warnings } = underTest();
    answerWith(refused('503'));
    for (let number = 1; number <= 25_000; number += 1) {
      telemetry.event('RunFinished', { runId: String(number) });
    }
    await flush();
    answerWith(sent);
    const before = items('events').length;
    await clock.advance(3_600_000);
    await flush();

    const arrived = items('events').slice(before);
    expect(arrived.length).toBeLessThanOrEqual(10_001);
    expect(arrived.at(-2)).toMatchObject({ properties: { runId: '25000' } });
    expect(items('metrics')).toContainEqual(
      expect.objectContaining({ name: 'telemetryDropped', dimensions: { kind: 'events' }, sum: 15_000 }),
    );
    expect(warnings()[0]).toMatchObject({ reason: '503', waiting: 10_000, lost: 15_000 });
  });

  test('is given up where the ingestion refuses it for good, and the rest goes on', async () => {
    const { telemetry, flush, answerWith, names, warnings } = underTest();
    answerWith({ kind: 'failed', reason: '400', again: [], lost: 1, retryAfterInMs: null });
    telemetry.event('RunFinished', {});
    await flush();
    answerWith(sent);
    await flush({ isLast: true });

    expect(names().filter((name) => name === 'RunFinished')).toHaveLength(1);
    expect(warnings()).toEqual([{ event: 'TelemetryFailed', reason: '400', waiting: 0, lost: 1 }]);
  });
});
