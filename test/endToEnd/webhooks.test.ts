import type { AppUnderTest } from './appUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { standardDelivery, startWebhookCloud, type WebhookCloud } from './webhookCloud.ts';

jest.setTimeout(60_000);

const key = (text: string) => `whsec_${Buffer.from(text.padEnd(32, '.')).toString('base64')}`;
const [OPS, OPS_NEXT, OTHER, FORGED] = [key('ops'), key('ops-next'), key('other'), key('forged')];

const ids = (...numbers: readonly number[]) => numbers.map(reportId);
const opsReports = ids(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12);

const sources = [
  { name: 'ops', kind: 'standard', secretName: 'hook-ops', reports: { ids: opsReports }, ratePerMinute: 600 },
  { name: 'other', kind: 'standard', secretName: 'hook-other', reports: { ids: opsReports } },
  {
    ...{ name: 'patterns', kind: 'standard', secretName: 'hook-ops', reports: { namePattern: 'report 2?' } },
    maxReports: 2,
  },
  { name: 'slow', kind: 'standard', secretName: 'hook-ops', reports: { ids: ids(15) }, ratePerMinute: 1 },
  { name: 'gone', kind: 'standard', secretName: 'hook-ops', reports: { ids: ids(16) }, retired: true },
  { name: 'lost', kind: 'standard', secretName: 'hook-lost', reports: { ids: ids(17) } },
];

describe('a sender of Standard Webhooks', () => {
  let cloud: WebhookCloud;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startWebhookCloud(sources, { 'hook-ops': OPS, 'hook-other': OTHER });
    app = await cloud.startApp();
  });
  afterAll(() => cloud?.stop());

  const deliver = (
    data: object,
    more: Partial<Parameters<typeof standardDelivery>[0]> = {},
    source = 'ops',
  ) => cloud.send(app, source, standardDelivery({ secret: OPS, data, ...more }));

  async function nothingHappens(act: () => Promise<void>) {
    const [seq, applied] = [await cloud.emulator.lastSeq(), cloud.events('WebhookApplied').length];
    await act();
    expect(await cloud.emulator.requests(`sinceSeq=${seq}`)).toEqual([]);
    expect(cloud.events('WebhookApplied')).toHaveLength(applied);
  }

  test('pauses its reports and later resumes them, and everybody is told who holds them and why', async () => {
    const [one] = ids(1);
    const paused = await deliver({ action: 'pause', reportIds: [one], reason: 'platform down', key: 'a' });
    const between = await cloud.emulator.statuses([reportId(1)]);
    const shown = await app.call('GET', `/api/reports/${one}`);

    const resumed = await deliver({ action: 'resume', key: 'a' });

    expect([paused.status, resumed.status]).toEqual([200, 200]);
    expect(between).toEqual(['Paused']);
    expect(await cloud.emulator.statuses([reportId(1)])).toEqual(['Active']);
    expect(shown.json).toMatchObject({
      holds: [
        {
          holder: 'webhook ops',
          who: 'webhook ops',
          why: 'platform down',
          untilUtc: expect.stringContaining('T'),
        },
      ],
    });
  });

  test('may send again what it sent: nothing changes, and the answer is the same', async () => {
    const twice = { id: 'msg_twice', saidAt: new Date() };
    const data = { action: 'pause', reportIds: ids(2), key: 'b' };
    const first = await deliver(data, twice);
    const until = await app.call('GET', `/api/reports/${reportId(2)}`);

    const again = await deliver(data, { ...twice, sentAt: new Date(Date.now() + 60_000) });

    expect([again.status, again.text]).toEqual([first.status, first.text]);
    expect((await app.call('GET', `/api/reports/${reportId(2)}`)).json).toMatchObject({
      holds: (JSON.parse(until.text) as { holds: unknown }).holds,
    });
    expect(await cloud.emulator.changes(ids(2))).toHaveLength(1);
  });

  test('does not pause again, by a repeat, what a person has resumed meanwhile', async () => {
    const data = { action: 'pause', reportIds: ids(3), key: 'c' };
    await deliver(data, { id: 'msg_c' });
    await app.run('/api/resume', { reportIds: ids(3) });

    const again = await deliver(data, { id: 'msg_c' });

    expect(again.status).toBe(200);
    expect(await cloud.emulator.statuses(ids(3))).toEqual(['Active']);
  });

  test('does not undo what it said later by what it said before and sent late', async () => {
    const now = Date.now();
    await deliver(
      { action: 'pause', reportIds: ids(4), key: 'd', duration: 'PT2H' },
      { saidAt: new Date(now - 60_000) },
    );
    await deliver({ action: 'resume', key: 'd' }, { saidAt: new Date(now - 20_000) });

    const late = await deliver(
      { action: 'pause', reportIds: ids(4), key: 'd', duration: 'PT2H' },
      { saidAt: new Date(now - 40_000) },
    );

    expect(late.status).toBe(200);
    expect(await cloud.emulator.statuses(ids(4))).toEqual(['Active']);
    expect(cloud.events('WebhookIgnored')).toContainEqual(expect.objectContaining({ because: 'outdated' }));
  });

  test('ends neither the hold of a request nor that of another source', async () => {
    await app.run('/api/pause', { reportIds: ids(5), requestId: 'ops:e' });
    await deliver({ action: 'pause', reportIds: ids(5, 6), key: 'e' });
    await deliver({ action: 'pause', reportIds: ids(6), key: 'e' }, { secret: OTHER }, 'other');

    await deliver({ action: 'resume', key: 'e' });
    await deliver({ action: 'resume', reportIds: ids(5, 6) });

    expect(await cloud.emulator.statuses(ids(5, 6))).toEqual(['Paused', 'Paused']);
    await deliver({ action: 'resume', key: 'e' }, { secret: OTHER }, 'other');
    expect(await cloud.emulator.statuses(ids(5, 6))).toEqual(['Paused', 'Active']);
  });

  test('may not touch other reports than those of its source', async () => {
    await nothingHappens(async () => {
      const answer = await deliver({ action: 'pause', reportIds: ids(30), key: 'f' });

      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
        400,
        { code: 'payload_not_understood', refused: [{ code: 'report_not_allowed' }] },
      ]);
    });
  });

  test('with a pattern pauses what matches it, and nothing where that is more than it may', async () => {
    const seq = await cloud.emulator.lastSeq();
    const all = await deliver({ action: 'pause' }, {}, 'patterns');
    const named = await deliver({ action: 'pause', reportIds: ids(20, 30), key: 'g' }, {}, 'patterns');

    expect([all.status, JSON.parse(all.text)]).toMatchObject([
      400,
      { refused: [{ code: 'too_many_reports' }] },
    ]);
    expect(named.status).toBe(200);
    expect(await cloud.emulator.statuses(ids(20, 21, 30))).toEqual(['Paused', 'Active', 'Active']);
    expect(await cloud.emulator.requests(`operation=pauseReport&sinceSeq=${seq}`)).toHaveLength(1);
  });

  test('that forges, is late, is early, changes the body or names no source hears the same, and nothing is done', async () => {
    const data = { action: 'pause', reportIds: ids(7) };
    const minutes = (count: number) => ({ sentAt: new Date(Date.now() + count * 60_000) });
    await nothingHappens(async () => {
      const good = standardDelivery({ secret: OPS, data });
      const answers = [
        await deliver(data, { secret: FORGED }),
        await deliver(data, minutes(-6)),
        await deliver(data, minutes(6)),
        await cloud.send(app, 'ops', { ...good, body: good.body.replace('pause', 'pausE') }),
        await cloud.send(app, 'ops', { body: good.body, headers: { 'content-type': 'application/json' } }),
        await cloud.send(app, 'ops?token=guessed-token', { body: good.body }),
        await deliver(data, {}, 'nobody'),
        await deliver(data, { secret: OTHER }),
      ];

      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 401));
    });
    const told = cloud.events('WebhookRefused').map(({ because }) => because);
    for (const because of [
      'no_matching_secret',
      'stale',
      'timestamp_ahead',
      'missing_header',
      'unknown_source',
    ])
      expect(told).toContain(because);
  });

  test('is refused with a body that is too long, of another type, or that is none of its kind', async () => {
    await nothingHappens(async () => {
      const good = standardDelivery({ secret: OPS, data: { action: 'pause' } });
      const long = await cloud.send(app, 'ops', { ...good, body: good.body.padEnd(1024 * 1024 + 1) });
      const xml = await cloud.send(app, 'ops', {
        ...good,
        headers: { ...good.headers, 'content-type': 'text/xml' },
      });
      const other = await deliver({ action: 'pause', until: 'soon' });

      expect([long.status, xml.status, other.status]).toEqual([413, 415, 400]);
    });
  });

  test('that sends too much is asked to wait, and a retired one to stop', async () => {
    const data = { action: 'ignore' };
    const first = await deliver(data, {}, 'slow');

    const second = await deliver(data, {}, 'slow');
    const retired = await deliver(data, {}, 'gone');

    expect([first.status, second.status, retired.status]).toEqual([200, 429, 410]);
    expect(Number(second.headers.get('retry-after'))).toBeGreaterThan(0);
  });

  test('whose secret cannot be read is asked to send again, and nothing is done', async () => {
    await nothingHappens(async () => {
      const answer = await deliver({ action: 'pause' }, {}, 'lost');

      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
        503,
        { code: 'webhook_secret_unavailable' },
      ]);
      expect(answer.headers.get('retry-after')).not.toBeNull();
    });
    expect(cloud.events('WebhookSecretProblem')).toContainEqual(
      expect.objectContaining({ source: 'lost', code: 'secret_not_found' }),
    );
  });

  test('in a process that never read the secret, while Key Vault is down, is asked to send again', async () => {
    const fresh = await cloud.startApp();
    cloud.vault.planFault({ fault: { kind: 'serverError' }, count: 1_000, operation: 'any' });
    await nothingHappens(async () => {
      const down = standardDelivery({ secret: OPS, data: { action: 'pause', reportIds: ids(8), key: 'h' } });
      const answer = await cloud.send(fresh, 'ops', down);

      expect(answer.status).toBe(503);
    });
    cloud.vault.clearFaults();
    // The other process has the secret, and goes on.
    const known = await deliver({ action: 'pause', reportIds: ids(9), key: 'h' });
    expect(known.status).toBe(200);
    expect(await cloud.emulator.statuses(ids(8, 9))).toEqual(['Active', 'Paused']);
  });

  test('may change its secret: the new one counts at once, and the old one as long as it stands beside', async () => {
    // Later than a value is kept without a second look.
    const later = 15_000;
    const shifted = await cloud.startApp(later);
    const sentAt = new Date(Date.now() + later);
    const by = (secret: string, name: string) =>
      cloud.send(
        shifted,
        'ops',
        standardDelivery({ secret, sentAt, data: { action: 'pause', reportIds: ids(10), key: name } }),
      );
    cloud.vault.setSecret('hook-ops', `${OPS}\n${OPS_NEXT}`);

    const [next, old] = [await by(OPS_NEXT, 'i'), await by(OPS, 'j')];

    expect([next.status, old.status]).toEqual([200, 200]);
  });

  test('is taken while MODE is observe, and told that nothing was begun', async () => {
    const observing = await cloud.startApp(0, { MODE: 'observe' });
    await nothingHappens(async () => {
      const data = { action: 'pause', reportIds: ids(11), key: 'k' };
      const answer = await cloud.send(observing, 'ops', standardDelivery({ secret: OPS, data }));

      expect([answer.status, JSON.parse(answer.text)]).toMatchObject([
        200,
        { accepted: 1, ignored: [{ index: 0, because: 'observe_mode' }], refused: [] },
      ]);
    });
  });

  test('is answered within ten seconds while Partner Center hangs; the hold is written and the tick acts', async () => {
    await cloud.emulator.fault({ kind: 'slow', operation: 'pauseReport', delayInMs: 30_000, times: 1 });
    const startedMs = Date.now();

    const answer = await deliver({ action: 'pause', reportIds: ids(12), key: 'l' });

    expect(Date.now() - startedMs).toBeLessThan(10_000);
    expect(answer.status).toBe(202);
    await cloud.emulator.clearFaults();
    expect((await app.call('GET', `/api/reports/${reportId(12)}`)).json).toMatchObject({
      holds: [{ holder: 'webhook ops', state: 'live' }],
    });
  });

  test('never sees, and never makes the log show, a secret, a token or a query', () => {
    cloud.expectNothingSecret();
    cloud.expectNowhere([OPS, OPS_NEXT, OTHER, OPS.slice(6, 40), 'guessed-token', 'v1,']);
  });
});
