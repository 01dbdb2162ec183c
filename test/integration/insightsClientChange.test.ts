import type { PutAttempt } from '../../shared/insights/insightsClient.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import { startEmulatorForTest } from './insightsClientEmulator.ts';
import { clientUnderTest } from './insightsClientUnderTest.ts';

const id = 'a0000000-0000-4000-8000-000000000001';
// It begins later than any test ends, so that no run of its own changes it.
const active = { reportId: id, reportName: 'AzureUsage-daily', startTime: '2026-06-01T00:00:00Z' };
const paused = { ...active, reportStatus: 'Paused' };
const inactive = { ...active, reportStatus: 'Inactive' };

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

describe('a pause', () => {
  test('succeeds with the report that the service shows paused', async () => {
    await emulator.reset(active);
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({
      ok: true,
      value: { reportId: id, reportStatus: 'Paused', modifiedTime: '2026-03-01T12:00:00Z' },
      confirmedBy: 'answer',
      attempts: 1,
      serviceTimeMs: expect.any(Number),
    });
    expect(await emulator.traffic()).toEqual(['PUT']);
  });

  test('that waits for its turn tells when it left, and not when it was written ahead', async () => {
    await emulator.reset(active);
    const { client, context, clock } = setUp({ account: { callsPerSecond: 1 } });
    await client.get(id, context());
    const readAtMs = clock.now();
    const attempts: PutAttempt[] = [];
    const onAttempt = (attempt: PutAttempt) => Promise.resolve(attempts.push(attempt) > 0);
    const answer = await client.pause(id, context(), { readAtMs, onAttempt });

    expect(attempts.map(({ startedMs }) => startedMs)).toEqual([readAtMs]);
    expect(answer).toMatchObject({ ok: true, sentMs: readAtMs + 1025 });
  });

  test.each<[object, string[]]>([
    [{ kind: 'resetAfter' }, ['PUT resetAfter', 'GET']],
    [{ kind: 'truncatedJson' }, ['PUT truncatedJson', 'GET']],
    [{ kind: 'truncatedJson', cutConnection: true }, ['PUT truncatedJson', 'GET']],
  ])(
    'that took effect without a whole answer is seen by reading, not repeated: %j',
    async (fault, traffic) => {
      await emulator.reset(active);
      await emulator.faults({ ...fault, operation: 'pauseReport' });
      const { client, context } = setUp();
      expect(await client.pause(id, context())).toMatchObject({
        ok: true,
        value: { reportStatus: 'Paused' },
        confirmedBy: 'readBack',
        attempts: 1,
      });
      expect(await emulator.traffic()).toEqual(traffic);
    },
  );

  test.each<object>([
    { kind: 'resetBefore' },
    { kind: 'status500' },
    { kind: 'status503' },
    { kind: 'badGatewayHtml' },
  ])('that took no effect is read first and then sent again, under the same id: %j', async (fault) => {
    await emulator.reset(active);
    await emulator.faults({ ...fault, operation: 'pauseReport' });
    const { client, context } = setUp();
    const answer = await client.pause(id, context());
    expect(answer).toMatchObject({ ok: true, confirmedBy: 'answer', attempts: 2 });
    const requests = await emulator.requests();
    expect(requests.map(({ method }) => method)).toEqual(['PUT', 'GET', 'PUT']);
    expect(requests[2]?.headers['ms-requestid']).toBe(requests[0]?.headers['ms-requestid']);
    expect(requests[1]?.headers['ms-requestid']).not.toBe(requests[0]?.headers['ms-requestid']);
    expect(answer.ok && answer.requestId).toBe(requests[0]?.headers['ms-requestid']);
  });

  test.each<[object, string[]]>([
    [{ kind: 'hang', when: 'after' }, ['PUT hang', 'GET']],
    [{ kind: 'hang', when: 'before' }, ['PUT hang', 'GET', 'PUT']],
    [{ kind: 'slow', delayInMs: 60_000, when: 'after' }, ['PUT slow', 'GET']],
  ])(
    'without an answer in time is read, and sent again only where it took no effect: %j',
    async (fault, traffic) => {
      await emulator.reset(active);
      await emulator.faults({ ...fault, operation: 'pauseReport' });
      const { client, context, runOut } = setUp();
      const call = client.pause(id, context());
      await emulator.struck(traffic[0]?.slice(4) ?? '');
      runOut();
      expect(await call).toMatchObject({ ok: true, value: { reportStatus: 'Paused' } });
      expect(await emulator.traffic()).toEqual(traffic);
    },
  );

  test('that takes effect behind a stale read is found out even where a second pause is refused', async () => {
    await emulator.reset(active, { pauseOfPaused: 'badRequest' });
    await emulator.faults(
      { kind: 'resetAfter', operation: 'pauseReport' },
      { kind: 'staleRead', forMs: 60_000, operation: 'getReports' },
    );
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({
      ok: true,
      confirmedBy: 'readBack',
      attempts: 2,
    });
    expect(await emulator.traffic()).toEqual(['PUT resetAfter', 'GET staleRead', 'PUT', 'GET']);
  });

  test('that is refused is looked at more than once where an earlier attempt is unclear', async () => {
    await emulator.reset(active, { pauseOfPaused: 'badRequest' });
    await emulator.faults(
      { kind: 'resetAfter', operation: 'pauseReport' },
      { kind: 'staleRead', forMs: 60_000, operation: 'getReports', times: 3 },
    );
    const { client, context } = setUp({ clock: createFakeClock({ selfAdvancing: true }) });
    expect(await client.pause(id, context())).toMatchObject({ ok: true, confirmedBy: 'readBack' });
    expect(await emulator.traffic()).toEqual([
      'PUT resetAfter',
      'GET staleRead',
      'PUT',
      'GET staleRead',
      'GET staleRead',
      'GET',
    ]);
  });

  test('that shows late, while the account is held back, is not taken for the work of others', async () => {
    await emulator.reset(active);
    await emulator.faults(
      { kind: 'resetAfter', operation: 'pauseReport' },
      { kind: 'staleRead', forMs: 60_000, operation: 'getReports' },
      { kind: 'throttle429', retryAfter: 57, operation: 'pauseReport' },
    );
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({ ok: true, confirmedBy: 'readBack' });
    expect(await emulator.traffic()).toEqual(['PUT resetAfter', 'GET staleRead', 'PUT throttle429', 'GET']);
  });

  test('that the answer does not show yet is read back until it does', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'delayedEffect', forMs: 1_000, operation: 'pauseReport' });
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({
      ok: true,
      value: { reportStatus: 'Paused' },
      confirmedBy: 'readBack',
      attempts: 1,
    });
  });

  test('that never shows is no success, and is said to be possible', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'answerUnchanged', takesEffect: false, operation: 'pauseReport' });
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({
      ok: false,
      failure: {
        code: 'not_confirmed',
        mayHaveTakenEffect: true,
        retryable: true,
        observed: { reportStatus: 'Active' },
        attempts: 1,
      },
    });
    expect(await emulator.traffic()).toEqual(['PUT answerUnchanged', 'GET', 'GET', 'GET', 'GET']);
  });

  test('of an exhausted report is no success, and is not waited for', async () => {
    await emulator.reset(inactive, { pauseOfInactive: 'unchanged' });
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({
      ok: false,
      failure: { code: 'not_confirmed', retryable: false, observed: { reportStatus: 'Inactive' } },
    });
    expect(await emulator.traffic()).toEqual(['PUT']);
  });

  test('whose outcome cannot be read is neither success nor failure', async () => {
    await emulator.reset(active);
    await emulator.faults(
      { kind: 'resetAfter', operation: 'pauseReport' },
      { kind: 'forbidden', operation: 'getReports' },
    );
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({
      ok: false,
      failure: { code: 'ambiguous', mayHaveTakenEffect: true, retryable: true, observed: null, attempts: 1 },
    });
    expect(await emulator.traffic()).toEqual(['PUT resetAfter', 'GET forbidden']);
  });

  test.each<[object, object]>([
    [{ kind: 'forbidden' }, { code: 'forbidden', attempts: 1 }],
    [{ kind: 'badRequest' }, { code: 'invalid_request', attempts: 1 }],
    [{ kind: 'notFound' }, { code: 'not_found', attempts: 1 }],
    [{ kind: 'mfaRefusal' }, { code: 'mfa_required', attempts: 1 }],
    [
      { kind: 'expiredToken', times: 2 },
      { code: 'unauthorized', attempts: 2 },
    ],
    [
      { kind: 'throttle429', times: 5 },
      { code: 'throttled', attempts: 5 },
    ],
  ])('that is plainly refused certainly changed nothing: %j', async (fault, expected) => {
    await emulator.reset(active);
    await emulator.faults({ ...fault, operation: 'pauseReport' });
    const { client, context } = setUp();
    const failure = { ...expected, mayHaveTakenEffect: false };
    expect(await client.pause(id, context())).toMatchObject({ ok: false, failure });
  });

  test('that is refused under HTTP 200 is read before it is given up', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'errorInHttp200', operation: 'pauseReport' });
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({
      ok: false,
      failure: {
        code: 'invalid_request',
        mayHaveTakenEffect: true,
        observed: { reportStatus: 'Active' },
        attempts: 1,
      },
    });
    expect(await emulator.traffic()).toEqual(['PUT errorInHttp200', 'GET']);
  });

  test('of a report that the service does not know says so, also under HTTP 200', async () => {
    await emulator.reset(active, { errorInHttp200: true });
    const { client, context } = setUp();
    const unknown = 'a0000000-0000-4000-8000-0000000000ff';
    expect(await client.pause(unknown, context())).toMatchObject({
      ok: false,
      failure: { code: 'not_found' },
    });
  });

  test('that is aborted under way may have happened, and nothing more is sent', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'hang', when: 'after', operation: 'pauseReport' });
    const stop = new AbortController();
    const { client, context } = setUp();
    const call = client.pause(id, context({ signal: stop.signal }));
    await emulator.struck('hang');
    stop.abort();
    expect(await call).toMatchObject({ ok: false, failure: { code: 'aborted', mayHaveTakenEffect: true } });
    expect(await emulator.traffic()).toEqual(['PUT hang']);
  });

  test('where nobody listens certainly changed nothing', async () => {
    const { client, context } = setUp({ origin: 'http://127.0.0.1:1' });
    // With no service there is nothing to read either; what counts is that no byte can have arrived.
    expect(await client.pause(id, context())).toMatchObject({
      ok: false,
      failure: { code: 'upstream_unavailable', mayHaveTakenEffect: false },
    });
  });
});

describe('a resume', () => {
  test('succeeds with the report that the service shows active', async () => {
    await emulator.reset(paused);
    const { client, context } = setUp();
    expect(await client.resume(id, context())).toMatchObject({
      ok: true,
      value: { reportStatus: 'Active' },
      confirmedBy: 'answer',
    });
    expect((await emulator.requests())[0]?.path).toMatch(/\/ScheduledReport\/resume\//);
  });

  test('of a report that has run out meanwhile tells its status', async () => {
    await emulator.reset(paused, { resumeOfPaused: 'inactive' });
    const { client, context } = setUp();
    expect(await client.resume(id, context())).toMatchObject({
      ok: true,
      value: { reportStatus: 'Inactive' },
    });
  });

  test('that took effect without an answer is seen by reading, not repeated', async () => {
    await emulator.reset(paused);
    await emulator.faults({ kind: 'resetAfter', operation: 'resumeReport' });
    const { client, context } = setUp();
    expect(await client.resume(id, context())).toMatchObject({ ok: true, confirmedBy: 'readBack' });
    expect(await emulator.traffic()).toEqual(['PUT resetAfter', 'GET']);
  });

  test('that the quota refuses is told as such', async () => {
    await emulator.reset(paused);
    const message = 'User has exceeded its report creation quota of 50 active reports';
    await emulator.faults({ kind: 'badRequest', message, operation: 'resumeReport' });
    const { client, context } = setUp();
    expect(await client.resume(id, context())).toMatchObject({
      ok: false,
      failure: { code: 'quota_exceeded', message: `HTTP 400: ${message}`, mayHaveTakenEffect: false },
    });
  });
});

describe('before every attempt', () => {
  test('the caller can write it ahead, and knows by when it is over', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'status503', operation: 'pauseReport' });
    const { client, clock, context } = setUp();
    const attempts: PutAttempt[] = [];
    const startedMs = clock.now();
    await client.pause(id, context(), {
      onAttempt: async (attempt) => {
        attempts.push(attempt);
        return true;
      },
    });
    expect(attempts).toEqual([
      {
        ...{ attempt: 1, startedMs, latestEndMs: startedMs + 20_000, reread: null, readAtMs: startedMs },
        isAfterUnclear: false,
      },
      {
        ...{ attempt: 2, startedMs: clock.now(), latestEndMs: clock.now() + 20_000, reread: null },
        // By the read that settled the first one.
        ...{ readAtMs: startedMs, isAfterUnclear: true },
      },
    ]);
  });

  test.each([
    ['still to be changed', 'Active', ['PUT']],
    ['as it shall be, which may be a lagging list', 'Paused', ['GET', 'PUT']],
  ] as const)(
    'a report that the caller finds again, %s, is read by its id only if need be',
    async (_, reportStatus, traffic) => {
      await emulator.reset(active);
      const { client, clock, context } = setUp();
      const listed = await client.list({}, context());
      const [report] = listed.ok ? listed.value : [];
      if (report === undefined) throw new Error('no report');
      await emulator.admin('DELETE', 'requests');
      const attempts: PutAttempt[] = [];
      const readAtMs = clock.now() - 3_000;
      const answer = await client.pause(id, context(), {
        readAtMs: clock.now() - 6_000,
        readAgain: async () => ({ report: { ...report, reportStatus }, readAtMs }),
        onAttempt: async (attempt) => attempts.push(attempt) > 0,
      });
      expect(answer).toMatchObject({ ok: true, confirmedBy: 'answer' });
      expect(await emulator.traffic()).toEqual(traffic);
      expect(attempts).toMatchObject([{ reread: { reportId: id, reportStatus: 'Active' } }]);
      expect(attempts[0]?.readAtMs).toBe(traffic.length === 1 ? readAtMs : clock.now());
    },
  );

  test('no attempt is announced to outlast the deadline', async () => {
    await emulator.reset(active);
    const { client, clock, context } = setUp();
    const ends: number[] = [];
    const deadlineMs = clock.now() + 3_000;
    const onAttempt = async ({ latestEndMs }: PutAttempt) => ends.push(latestEndMs) > 0;
    await client.pause(id, context({ deadlineMs }), { onAttempt });
    expect(ends).toEqual([deadlineMs]);
  });

  test.each<[string, () => Promise<boolean>]>([
    ['says no', async () => false],
    ['fails', async () => Promise.reject(new Error('ledger unreachable'))],
  ])('a caller that %s stops the call and nothing is sent', async (_, onAttempt) => {
    await emulator.reset(active);
    const { client, context } = setUp();
    expect(await client.pause(id, context(), { onAttempt })).toMatchObject({
      ok: false,
      failure: { code: 'stopped', attempts: 0, mayHaveTakenEffect: false },
    });
    expect(await emulator.traffic()).toEqual([]);
  });

  test('a caller that stops a second attempt still learns that the first may have worked', async () => {
    await emulator.reset(active);
    await emulator.faults({ kind: 'status503', operation: 'pauseReport' });
    const { client, context } = setUp();
    const onAttempt = async ({ attempt }: PutAttempt) => attempt === 1;
    expect(await client.pause(id, context(), { onAttempt })).toMatchObject({
      ok: false,
      failure: { code: 'stopped', attempts: 1, mayHaveTakenEffect: true },
    });
  });

  test('an old read is renewed, and the caller sees what it shows', async () => {
    await emulator.reset(active);
    const { client, clock, context } = setUp();
    const rereads: (string | undefined)[] = [];
    const onAttempt = async ({ reread }: PutAttempt) => rereads.push(reread?.reportStatus) > 0;
    await client.pause(id, context(), { readAtMs: clock.now() - 5_001, onAttempt });
    expect(rereads).toEqual(['Active']);
    const [read, put] = await emulator.requests();
    expect(read?.headers['ms-requestid']).not.toBe(put?.headers['ms-requestid']);
    expect(await emulator.traffic()).toEqual(['GET', 'PUT']);
  });

  test('writing ahead so slowly that the read grew old means reading again', async () => {
    await emulator.reset(active);
    const { client, clock, context } = setUp();
    let calls = 0;
    const onAttempt = async () => {
      calls += 1;
      if (calls === 1) await clock.sleep(6_000, new AbortController().signal);
      return true;
    };
    expect((await client.pause(id, context(), { onAttempt })).ok).toBe(true);
    expect(calls).toBe(2);
    expect(await emulator.traffic()).toEqual(['GET', 'PUT']);
  });

  test('a pause that a person made while the client had to wait is not taken over', async () => {
    await emulator.reset(active);
    await emulator.faults(
      { kind: 'throttle429', retryAfter: 57, operation: 'pauseReport' },
      { kind: 'humanActs', action: 'pause', onReportId: id, operation: 'getReports' },
    );
    const { client, context } = setUp();
    expect(await client.pause(id, context())).toMatchObject({
      ok: false,
      failure: {
        code: 'overtaken',
        mayHaveTakenEffect: false,
        observed: { reportStatus: 'Paused' },
        throttledInMs: 57_000,
      },
    });
    expect(await emulator.traffic()).toEqual(['PUT throttle429', 'GET humanActs']);
  });

  test('an exhausted report is not touched where the old read is renewed', async () => {
    await emulator.reset(inactive);
    const { client, context } = setUp();
    expect(await client.pause(id, context(), { readAtMs: 0 })).toMatchObject({
      ok: false,
      failure: { code: 'overtaken', observed: { reportStatus: 'Inactive' } },
    });
    expect(await emulator.traffic()).toEqual(['GET']);
  });

  test('an account that was throttled meanwhile is waited for, and the attempt announced anew', async () => {
    await emulator.reset(active);
    const { client, clock, context, gate } = setUp();
    const starts: number[] = [];
    const startedMs = clock.now();
    const onAttempt = async (attempt: PutAttempt) => {
      if (starts.push(attempt.startedMs) === 1) gate.holdBack(3_000);
      return true;
    };
    expect(await client.pause(id, context(), { onAttempt })).toMatchObject({ ok: true, attempts: 1 });
    expect(starts).toHaveLength(2);
    expect(starts[1]).toBeGreaterThanOrEqual(startedMs + 3_000);
    expect(await emulator.traffic()).toEqual(['PUT']);
  });
});
