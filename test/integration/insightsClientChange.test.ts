import type { ChangeHooks, ReadBeforePut, SentPut } from '../../shared/insights/insightsClient.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import { startEmulatorForTest } from './insightsClientEmulator.ts';
import { clientUnderTest } from './insightsClientUnderTest.ts';

const id = 'a0000000-0000-4000-8000-000000000001';
// It begins later than any test ends, so that no run of its own changes it.
const active = { reportId: id, reportName: 'AzureUsage-daily', startTime: '2026-06-01T00:00:00Z' };
const paused = { ...active, reportStatus: 'Paused' };

let emulator: Awaited<ReturnType<typeof startEmulatorForTest>>;
let token: string;
const closing: (() => void)[] = [];

beforeAll(async () => {
  emulator = await startEmulatorForTest();
  token = await emulator.token();
});
afterEach(() => {
  for (const close of closing.splice(0)) close();
});
afterAll(() => emulator.close());

function setUp(options: Partial<Parameters<typeof clientUnderTest>[0]> = {}) {
  const clock = emulator.linked(createFakeClock({ selfAdvancing: true }));
  const made = clientUnderTest({ origin: emulator.origin, token, clock, ...options });
  closing.push(made.client.close);
  return made;
}

/** Hooks that say yes, or what the test says, and remember what they were told. */
function hooksThat(decide: (read: ReadBeforePut) => boolean | Promise<boolean> = () => true) {
  const reads: ReadBeforePut[] = [];
  const puts: SentPut[] = [];
  const hooks: ChangeHooks = {
    beforePut: async (read) => {
      reads.push(read);
      return await decide(read);
    },
    afterPut: (sent) => void puts.push(sent),
  };
  return { hooks, reads, puts };
}

describe('a change', () => {
  test('is read by id, asked about, and sent once', async () => {
    await emulator.reset(active);
    const { client, context, clock } = setUp();
    const { hooks, reads, puts } = hooksThat();
    const startedMs = clock.now();
    const answer = await client.change('pause', id, context(), hooks);

    expect(await emulator.traffic()).toEqual(['GET', 'PUT']);
    expect(reads).toEqual([
      {
        report: expect.objectContaining({ reportId: id, reportStatus: 'Active' }),
        ...{ readAtMs: startedMs, latestEndMs: startedMs + 20_000 },
        serviceOffsetInMs: Date.parse('2026-03-01T12:00:00Z') - startedMs,
        giveWay: expect.any(Function),
      },
    ]);
    const sent = { sentMs: startedMs, endedMs: startedMs, limitMs: startedMs + 20_000, answer: 'accepted' };
    expect(puts).toEqual([{ ...sent, failure: null }]);
    expect(answer).toMatchObject({ sent, declined: false, failure: null, facts: { attempts: 1 } });
  });

  test('of either direction goes to its own address, each request under the id of its kind', async () => {
    for (const [verb, report] of [
      ['pause', active],
      ['resume', paused],
    ] as const) {
      await emulator.reset(report);
      const { client, context } = setUp();
      const answer = await client.change(verb, id, context(), hooksThat().hooks);
      const [read, put] = await emulator.requests();
      expect(put?.path).toBe(`/insights/v1/mpn/ScheduledReport/${verb}/${id}`);
      // Under one id a service could replay the answer of the read for the change.
      expect(read?.headers['ms-requestid']).not.toBe(put?.headers['ms-requestid']);
      expect(answer.facts.requestId).toBe(put?.headers['ms-requestid']);
    }
  });

  test('that waits for its turn tells when it left', async () => {
    await emulator.reset(active);
    const { client, context, clock } = setUp({ account: { callsPerSecond: 1 } });
    const { hooks, reads, puts } = hooksThat();
    const startedMs = clock.now();
    await client.change('pause', id, context(), hooks);
    expect(reads.map(({ readAtMs }) => readAtMs)).toEqual([startedMs]);
    expect(puts.map(({ sentMs }) => sentMs)).toEqual([startedMs + 1025]);
  });

  test('is never announced to outlast the deadline', async () => {
    await emulator.reset(active);
    const { client, clock, context } = setUp();
    const { hooks, reads } = hooksThat();
    const deadlineMs = clock.now() + 3_000;
    await client.change('pause', id, context({ deadlineMs }), hooks);
    expect(reads.map(({ latestEndMs }) => latestEndMs)).toEqual([deadlineMs]);
  });
});

describe('what the service answers is no proof and is never tried again', () => {
  test.each<[object, SentPut['answer']]>([
    [{ kind: 'answerUnchanged', takesEffect: false }, 'accepted'],
    [{ kind: 'delayedEffect', forMs: 1_000 }, 'accepted'],
    [{ kind: 'resetAfter' }, 'unclear'],
    [{ kind: 'resetBefore' }, 'unclear'],
    [{ kind: 'truncatedJson' }, 'unclear'],
    [{ kind: 'truncatedJson', cutConnection: true }, 'unclear'],
    [{ kind: 'status500' }, 'unclear'],
    [{ kind: 'status503' }, 'unclear'],
    [{ kind: 'badGatewayHtml' }, 'unclear'],
    [{ kind: 'errorInHttp200' }, 'unclear'],
    [{ kind: 'forbidden' }, 'refused'],
    [{ kind: 'badRequest' }, 'refused'],
    [{ kind: 'notFound' }, 'refused'],
    [{ kind: 'mfaRefusal' }, 'refused'],
  ])('%j is told as %s', async (fault, expected) => {
    await emulator.reset(active);
    await emulator.faults({ ...fault, operation: 'pauseReport' });
    const { client, context } = setUp();
    const { hooks, puts } = hooksThat();
    const answer = await client.change('pause', id, context(), hooks);
    expect(answer).toMatchObject({ sent: { answer: expected }, declined: false, failure: null });
    expect(puts).toHaveLength(1);
    const { kind } = { kind: '', ...fault };
    expect(await emulator.traffic()).toEqual(['GET', `PUT ${kind}`]);
  });

  test.each<object>([
    { kind: 'hang', when: 'after' },
    { kind: 'hang', when: 'before' },
    { kind: 'slow', delayInMs: 60_000, when: 'after' },
  ])('no answer in time is unclear: %j', async (fault) => {
    await emulator.reset(active);
    await emulator.faults({ ...fault, operation: 'pauseReport' });
    const { client, context, runOut } = setUp();
    const call = client.change('pause', id, context(), hooksThat().hooks);
    await emulator.struck('kind' in fault ? String(fault.kind) : '');
    runOut();
    expect(await call).toMatchObject({ sent: { answer: 'unclear', failure: { code: 'timeout' } } });
  });

  test('a refusal bears what the service said', async () => {
    await emulator.reset(paused);
    const message = 'User has exceeded its report creation quota of 50 active reports';
    await emulator.faults({ kind: 'badRequest', message, operation: 'resumeReport' });
    const { client, context } = setUp();
    const failure = { code: 'quota_exceeded', message: `HTTP 400: ${message}` };
    expect(await client.change('resume', id, context(), hooksThat().hooks)).toMatchObject({
      sent: { answer: 'refused', failure },
    });
  });

  test('aborted under way it is unclear, and nothing more is sent', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'hang', when: 'after', operation: 'pauseReport' });
    const stop = new AbortController();
    const { client, context } = setUp();
    const call = client.change('pause', id, context({ signal: stop.signal }), hooksThat().hooks);
    await emulator.struck('hang');
    stop.abort();
    expect(await call).toMatchObject({ sent: { answer: 'unclear', failure: { code: 'aborted' } } });
    expect(await emulator.traffic()).toEqual(['GET', 'PUT hang']);
  });
});

describe('only what was refused for the token or the pace is tried again, from the read on', () => {
  test('after a 429, when the hold-off is over', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'throttle429', retryAfter: 57, operation: 'pauseReport' });
    const { client, context } = setUp();
    const { hooks, reads, puts } = hooksThat();
    const answer = await client.change('pause', id, context(), hooks);

    expect(await emulator.traffic()).toEqual(['GET', 'PUT throttle429', 'GET', 'PUT']);
    expect(puts.map((put) => put.answer)).toEqual(['refused', 'accepted']);
    expect((reads[1]?.readAtMs ?? 0) - (reads[0]?.readAtMs ?? 0)).toBeGreaterThanOrEqual(57_000);
    expect(answer).toMatchObject({
      sent: puts[1],
      failure: null,
      facts: { attempts: 2, throttledInMs: 57_000 },
    });
    const [, first, , second] = await emulator.requests();
    expect(second?.headers['ms-requestid']).toBe(first?.headers['ms-requestid']);
  });

  test('after a 401, once, with a new token', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'expiredToken', operation: 'pauseReport' });
    const { client, context, refreshes } = setUp();
    const { hooks, puts } = hooksThat();
    await client.change('pause', id, context(), hooks);
    expect(await emulator.traffic()).toEqual(['GET', 'PUT expiredToken', 'GET', 'PUT']);
    expect(puts.map((put) => put.answer)).toEqual(['refused', 'accepted']);
    expect(refreshes).toEqual([false, true]);
  });

  test.each<[object, object]>([
    [
      { kind: 'expiredToken', times: 2 },
      { code: 'unauthorized', attempts: 2 },
    ],
    [
      { kind: 'throttle429', times: 5 },
      { code: 'throttled', attempts: 5 },
    ],
  ])('until it is given up: %j', async (fault, failure) => {
    await emulator.reset(active);
    await emulator.faults({ ...fault, operation: 'pauseReport' });
    const { client, context } = setUp();
    expect(await client.change('pause', id, context(), hooksThat().hooks)).toMatchObject({
      ...{ failure, sent: { answer: 'refused' } },
    });
  });

  test('and what a person did meanwhile is shown to the caller, who may say no', async () => {
    await emulator.reset(active);
    await emulator.faults(
      { kind: 'throttle429', retryAfter: 57, operation: 'pauseReport' },
      { kind: 'humanActs', action: 'pause', onReportId: id, operation: 'getReports', skip: 1 },
    );
    const { client, context } = setUp();
    const { hooks, puts } = hooksThat(({ report }) => report?.reportStatus === 'Active');
    expect(await client.change('pause', id, context(), hooks)).toMatchObject({
      ...{ declined: true, failure: null, sent: { answer: 'refused' } },
    });
    expect(puts).toHaveLength(1);
  });
});

describe('before the PUT', () => {
  test('a caller that says no ends the call', async () => {
    await emulator.reset(active);
    const { client, context } = setUp();
    const { hooks, puts } = hooksThat(() => false);
    expect(await client.change('pause', id, context(), hooks)).toMatchObject({
      ...{ sent: null, declined: true, failure: null },
    });
    expect(puts).toEqual([]);
    expect(await emulator.traffic()).toEqual(['GET']);
  });

  test('a caller that fails ends the call, and gives its place to others', async () => {
    await emulator.reset(active);
    const { client, context } = setUp({ account: { maxConcurrency: 1 } });
    const { hooks } = hooksThat(() => Promise.reject(new Error('ledger unreachable')));
    await expect(client.change('pause', id, context(), hooks)).rejects.toThrow('ledger unreachable');
    expect((await client.get(id, context())).ok).toBe(true);
    expect(await emulator.traffic()).toEqual(['GET', 'GET']);
  });

  test('a report that the service does not know is shown as none', async () => {
    await emulator.reset(active, { errorInHttp200: true });
    const { client, context } = setUp();
    const { hooks, reads } = hooksThat(() => false);
    await client.change('pause', 'a0000000-0000-4000-8000-0000000000ff', context(), hooks);
    expect(reads.map(({ report }) => report)).toEqual([null]);
  });

  test('a report that cannot be read gets no PUT, and the caller is not asked', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'forbidden', operation: 'getReports' });
    const { client, context } = setUp();
    const { hooks, reads } = hooksThat();
    expect(await client.change('pause', id, context(), hooks)).toMatchObject({
      ...{ sent: null, declined: false, failure: { code: 'forbidden' } },
    });
    expect([reads, await emulator.traffic()]).toEqual([[], ['GET forbidden']]);
  });

  test('where nobody listens nothing was sent', async () => {
    const { client, context } = setUp({ origin: 'http://127.0.0.1:1' });
    expect(await client.change('pause', id, context(), hooksThat().hooks)).toMatchObject({
      ...{ sent: null, failure: { code: 'upstream_unavailable' } },
    });
  });

  test('a read that may pass is tried again', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'status503', operation: 'getReports' });
    const { client, context } = setUp();
    await client.change('pause', id, context(), hooksThat().hooks);
    expect(await emulator.traffic()).toEqual(['GET status503', 'GET', 'PUT']);
  });

  test.each([
    [2_000, ['GET', 'PUT']],
    [2_001, ['GET', 'GET', 'PUT']],
  ])('writing ahead for %d ms: %j', async (lastsInMs, traffic) => {
    await emulator.reset(active);
    const { client, clock, context } = setUp();
    const { hooks, reads } = hooksThat(async () => {
      if (reads.length === 1) await clock.sleep(lastsInMs, new AbortController().signal);
      return true;
    });
    const answer = await client.change('pause', id, context(), hooks);
    expect(answer.sent?.answer).toBe('accepted');
    expect(await emulator.traffic()).toEqual(traffic);
  });

  test('where the PUT never follows its read soon enough, nothing is sent', async () => {
    await emulator.reset(active);
    const { client, clock, context } = setUp();
    const { hooks } = hooksThat(async () => {
      await clock.sleep(3_000, new AbortController().signal);
      return true;
    });
    expect(await client.change('pause', id, context(), hooks)).toMatchObject({
      ...{ sent: null, failure: { code: 'deadline_too_near', retryable: true } },
    });
    expect(await emulator.traffic()).toEqual(['GET', 'GET', 'GET', 'GET']);
  });

  test('an account that was throttled meanwhile is waited for, and the report read anew', async () => {
    await emulator.reset(active);
    const { client, clock, context, gate } = setUp();
    const startedMs = clock.now();
    const { hooks, reads, puts } = hooksThat(() => {
      if (reads.length === 1) gate.holdBack(3_000, clock.now());
      return true;
    });
    await client.change('pause', id, context(), hooks);
    expect(reads).toHaveLength(2);
    expect(puts).toHaveLength(1);
    expect(reads[1]?.readAtMs).toBeGreaterThanOrEqual(startedMs + 3_000);
    expect(await emulator.traffic()).toEqual(['GET', 'GET', 'PUT']);
  });
});
