import { createHash } from 'node:crypto';
import { CloudEvent, HTTP } from 'cloudevents';
import type { AppUnderTest } from './appUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { startWebhookCloud, type WebhookCloud } from './webhookCloud.ts';

jest.setTimeout(60_000);

const TOKEN = 'a-token-that-nobody-guesses-0123456789';
const NEXT_TOKEN = 'the-token-that-follows-it-0123456789';
const hash = (token: string) => createHash('sha256').update(token).digest('hex');
const ids = (...numbers: readonly number[]) => numbers.map(reportId);
const HOUR_MS = 3_600_000;
const isoOf = (ms: number) => new Date(ms).toISOString();

const ofToken = { secretName: 'hook-token' };
const sources = [
  { name: 'grid', kind: 'eventGrid', ...ofToken, reports: { ids: ids(1, 2) } },
  {
    ...{ name: 'cloud', kind: 'cloudEvents', ...ofToken, reports: { ids: ids(3, 4, 5) } },
    allowedOrigins: ['eventgrid.azure.net'],
  },
  { name: 'health', kind: 'azureMonitor', ...ofToken, reports: { ids: ids(6) } },
  { name: 'later', kind: 'azureMonitor', ...ofToken, reports: { ids: ids(7) } },
];

const JSON_TYPE = { 'content-type': 'application/json' };

describe('senders of Azure', () => {
  let cloud: WebhookCloud;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startWebhookCloud(sources, { 'hook-token': `${hash(TOKEN)} ${hash(NEXT_TOKEN)}` });
    app = await cloud.startApp();
  });
  afterAll(() => cloud?.stop());

  const post = (
    path: string,
    body: unknown,
    headers: Readonly<Record<string, string>> = JSON_TYPE,
    to = app,
  ) => cloud.send(to, path, { headers, body: typeof body === 'string' ? body : JSON.stringify(body) });

  describe('Event Grid', () => {
    const validation = [
      {
        ...{ id: 'v-1', topic: 't', subject: '', eventTime: isoOf(Date.now()), data: {} },
        eventType: 'Microsoft.EventGrid.SubscriptionValidationEvent',
      },
    ].map((event) => ({
      ...event,
      data: { validationCode: 'code-4711', validationUrl: 'https://attacker.example/' },
    }));

    test('gets its validation code back, once its token fits, and with either of two tokens', async () => {
      const answers = [
        await post(`grid?token=${TOKEN}`, validation),
        await post(`grid?token=${NEXT_TOKEN}`, validation),
        await post('grid?token=wrong', validation),
      ];

      expect(answers.map(({ status }) => status)).toEqual([200, 200, 401]);
      expect(JSON.parse(answers[0]?.text ?? '')).toEqual({ validationResponse: 'code-4711' });
      expect(answers[2]?.text).not.toContain('code-4711');
    });

    test('sends a batch: each event is dealt with, and one that is not understood hides no other', async () => {
      const event = (id: string, data: object, agoMs = 0) => ({
        ...{ id, topic: 't', subject: 'db', eventType: 'Maintenance', eventTime: isoOf(Date.now() - agoMs) },
        data,
      });
      const answer = await post(`grid?token=${TOKEN}`, [
        event('e-1', { action: 'pause', reportIds: ids(1), key: 'one' }, 2_000),
        event('e-2', { alarm: 1 }),
        event('e-3', { action: 'pause', reportIds: ids(2), key: 'two' }, 2_000),
        event('e-4', { action: 'resume', key: 'one' }, 1_000),
        event('e-5', { action: 'stop' }),
      ]);

      expect([answer.status, JSON.parse(answer.text)]).toEqual([
        200,
        {
          ...{ accepted: 4, refused: [{ index: 4, code: 'bad_field', field: 'action' }] },
          ignored: [{ index: 1, because: 'not_for_us' }],
        },
      ]);
      expect(await cloud.emulator.statuses(ids(1, 2))).toEqual(['Active', 'Paused']);
    });
  });

  describe('CloudEvents', () => {
    const options = (origin: string, token = TOKEN) =>
      cloud.send(app, `cloud?access_token=${token}`, {
        method: 'OPTIONS',
        headers: {
          'webhook-request-origin': origin,
          'webhook-request-callback': 'https://attacker.example/',
        },
      });

    test('asks for leave to send: granted to the origins of the source alone, and with its token alone', async () => {
      const [good, foreign, forged] = [
        await options('eventgrid.azure.net'),
        await options('attacker.example'),
        await options('eventgrid.azure.net', 'wrong'),
      ];

      expect([good.status, foreign.status, forged.status]).toEqual([200, 401, 401]);
      expect(good.headers.get('webhook-allowed-origin')).toBe('eventgrid.azure.net');
      expect(good.headers.get('webhook-allowed-rate')).toBe('60');
      expect([foreign, forged].map(({ headers }) => headers.get('webhook-allowed-origin'))).toEqual([
        null,
        null,
      ]);
    });

    test.each([
      ['structured', 3],
      ['binary', 4],
    ] as const)('sends events of the SDK in %s mode', async (mode, number) => {
      const event = new CloudEvent({
        ...{ id: `c-${mode}`, source: '/ops', type: 'ops.maintenance', time: isoOf(Date.now()) },
        ...{ datacontenttype: 'application/json', subject: mode },
        data: { action: 'pause', reportIds: ids(number) },
      });
      const message = mode === 'binary' ? HTTP.binary(event) : HTTP.structured(event);
      const headers = Object.entries(message.headers).map(([name, value]) => [name, String(value)]);

      const answer = await post(`cloud?token=${TOKEN}`, String(message.body), Object.fromEntries(headers));

      expect(answer.status).toBe(200);
      expect(await cloud.emulator.statuses(ids(number))).toEqual(['Paused']);
    });

    test('that say not when: one that comes again after a resume does not pause again', async () => {
      const event = (id: string, action: string) => ({
        ...{ specversion: '1.0', id, source: '/ops', type: 'ops', subject: 'undated' },
        data: { action, reportIds: ids(5) },
      });
      const headers = { 'content-type': 'application/cloudevents+json' };
      await post(`cloud?token=${TOKEN}`, event('u-1', 'pause'), headers);
      await post(`cloud?token=${TOKEN}`, event('u-2', 'resume'), headers);

      const again = await post(`cloud?token=${TOKEN}`, event('u-1', 'pause'), headers);

      expect(again.status).toBe(200);
      expect(await cloud.emulator.statuses(ids(5))).toEqual(['Active']);
    });
  });

  describe('Service Health', () => {
    const beganMs = Date.now();
    let said = 0;
    const alert = (stage: string, fromMs: number, untilMs: number, saidAtMs = beganMs - 60_000 + said++) => ({
      schemaId: 'azureMonitorCommonAlertSchema',
      data: {
        essentials: {
          ...{ alertId: '/subscriptions/s/alerts/a-1', alertRule: 'maintenance', monitorCondition: 'Fired' },
          ...{ monitoringService: 'ServiceHealth', originAlertId: `o-${stage}` },
          firedDateTime: isoOf(saidAtMs),
        },
        alertContext: {
          ...{ eventTimestamp: isoOf(saidAtMs), eventDataId: `d-${stage}-${saidAtMs}`, eventSource: 2 },
          operationName: 'Microsoft.ServiceHealth/maintenance/action',
          properties: {
            ...{ title: 'Synapse maintenance', incidentType: 'Maintenance', trackingId: 'VN1T-9Z8', stage },
            impactStartTime: isoOf(fromMs),
            impactMitigationTime: isoOf(untilMs),
          },
        },
      },
    });
    const tell = (stage: string, from: number, until: number, to = app, source = 'health') =>
      post(
        `${source}?token=${TOKEN}`,
        alert(stage, beganMs + from * HOUR_MS, beganMs + until * HOUR_MS),
        JSON_TYPE,
        to,
      );
    const status = async () => (await cloud.emulator.statuses(ids(6)))[0];

    test('plans a maintenance that pauses at its time, moves with it, and ends when it is complete', async () => {
      expect((await tell('Planned', 1, 3)).status).toBe(200);
      expect(await status()).toBe('Active');
      await app.tick();
      expect(await status()).toBe('Active');

      const duringFirst = await cloud.startApp(1.1 * HOUR_MS);
      await duringFirst.tick();
      expect(await status()).toBe('Paused');

      expect((await tell('Rescheduled', 5, 7, duringFirst)).status).toBe(200);
      expect(await status()).toBe('Active');
      await duringFirst.stop();

      const duringSecond = await cloud.startApp(5.1 * HOUR_MS);
      await duringSecond.tick();
      expect(await status()).toBe('Paused');
      expect((await tell('InProgress', 5, 7, duringSecond)).status).toBe(200);
      expect(await status()).toBe('Paused');

      expect((await tell('Complete', 5, 7, duringSecond)).status).toBe(200);
      expect(await status()).toBe('Active');
      await duringSecond.stop();
    });

    test('is not led astray by what it said before and what comes late', async () => {
      const late = alert('Planned', beganMs - HOUR_MS, beganMs + HOUR_MS, beganMs - 90_000);
      const end = alert('Canceled', beganMs - HOUR_MS, beganMs + HOUR_MS, beganMs - 80_000);

      const answers = [
        await post(`later?token=${TOKEN}`, end),
        await post(`later?token=${TOKEN}`, late),
        await post(`later?token=${TOKEN}`, late),
      ];

      expect(answers.map(({ status: code }) => code)).toEqual([200, 200, 200]);
      expect(await cloud.emulator.changes(ids(7))).toEqual([]);
    });
  });

  test('never see, and never make the log show, a token or its hash', () => {
    cloud.expectNothingSecret();
    cloud.expectNowhere([TOKEN, NEXT_TOKEN, hash(TOKEN), 'token=', 'attacker.example']);
  });
});
