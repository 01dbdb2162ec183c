import { createHash } from 'node:crypto';
import type { AppUnderTest } from './appUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { standardDelivery, startWebhookCloud, type WebhookCloud } from './webhookCloud.ts';

jest.setTimeout(90_000);

const TOKEN = 'a-token-that-nobody-guesses-0123456789';
const UNPADDED = Buffer.alloc(32, 9).toString('base64').replace(/=+$/, '');
const KEY = `whsec_${Buffer.alloc(33, 5).toString('base64')}`;
const HOUR_MS = 3_600_000;
const ids = (...numbers: readonly number[]) => numbers.map(reportId);
const isoOf = (ms: number) => new Date(ms).toISOString();

const ofToken = { secretName: 'hook-token' };
const sources = [
  { name: 'grid', kind: 'eventGrid', ...ofToken, reports: { ids: ids(1) } },
  {
    ...{ name: 'cloud', kind: 'cloudEvents', ...ofToken, reports: { ids: ids(2) } },
    allowedOrigins: ['eventgrid.azure.net'],
  },
  {
    ...{ name: 'health', kind: 'azureMonitor', ...ofToken, reports: { ids: ids(3) } },
    regions: ['eastus', 'east-uz'],
  },
  { name: 'unpadded', kind: 'standard', secretName: 'hook-unpadded', reports: { ids: ids(4) } },
  {
    ...{ name: 'moving', kind: 'standard', secretName: 'hook-key', reports: { ids: ids(5, 6, 7, 8) } },
    maxHold: 'PT5H',
  },
  { name: 'broken', kind: 'standard', secretName: 'hook-key', reports: {} },
  { name: 'homeless', kind: 'standard', secretName: 'hook-key', reports: { ids: ids(9) }, account: 'gone' },
];

describe('senders that are looser than a schema', () => {
  let cloud: WebhookCloud;
  let app: AppUnderTest;
  beforeAll(async () => {
    const hash = createHash('sha256').update(TOKEN).digest('hex');
    const secrets = { 'hook-token': hash, 'hook-unpadded': UNPADDED, 'hook-key': KEY };
    cloud = await startWebhookCloud(sources, secrets);
    app = await cloud.startApp();
  });
  afterAll(() => cloud?.stop());

  const post = async (path: string, body: unknown) => {
    const headers = { 'content-type': 'application/json' };
    const sent = { headers, body: JSON.stringify(body) };
    const answer = await cloud.send(app, `${path}?token=${TOKEN}`, sent);
    return { status: answer.status, json: JSON.parse(answer.text) as unknown };
  };

  const maintenance = (more: object) => ({
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: { alertId: '/a', monitorCondition: 'Fired', monitoringService: 'ServiceHealth' },
      alertContext: {
        operationName: 'Microsoft.ServiceHealth/maintenance/action',
        eventTimestamp: isoOf(Date.now()),
        properties: { incidentType: 'Maintenance', stage: 'InProgress', ...more },
      },
    },
  });

  test('Event Grid passes on a time without zone, as the PowerShell sample writes it', async () => {
    const answer = await post('grid', [
      {
        ...{ id: 'e-1', topic: 't', subject: 'db', eventType: 'Maintenance' },
        eventTime: isoOf(Date.now()).slice(0, 19),
        data: { action: 'pause' },
      },
    ]);

    expect(answer).toMatchObject({ status: 200, json: { accepted: 1 } });
    expect(await cloud.emulator.statuses(ids(1))).toEqual(['Paused']);
  });

  test('a CloudEvent may bring its data as bytes', async () => {
    const answer = await post('cloud', {
      ...{ specversion: '1.0', id: 'c-1', source: '/loads', type: 'pause' },
      data_base64: Buffer.from('{"action":"pause"}').toString('base64'),
    });

    expect(answer).toMatchObject({ status: 200, json: { accepted: 1 } });
    expect(await cloud.emulator.statuses(ids(2))).toEqual(['Paused']);
  });

  test('Service Health calls a region by another name, and an alert without region is for all', async () => {
    const named = [{ ServiceName: 'Storage', ImpactedRegions: [{ RegionName: 'East US' }] }];
    const paused = await post(
      'health',
      maintenance({ trackingId: 'A', impactedServices: JSON.stringify(named) }),
    );
    const between = await cloud.emulator.statuses(ids(3));
    const other = await post('health', maintenance({ trackingId: 'B', region: 'West Europe' }));
    const unscoped = await post('health', maintenance({ trackingId: 'C' }));

    expect([paused.status, other.json, unscoped.json]).toMatchObject([
      200,
      { ignored: [{ because: 'out_of_scope' }] },
      { ignored: [] },
    ]);
    expect(between).toEqual(['Paused']);
  });

  test('a source is warned of a region that does not exist, and of a secret that others have too', async () => {
    const { json } = await app.call('GET', '/api/health/details');

    expect(json).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ source: 'health', code: 'unknown_region', severity: 'warning' }),
        expect.objectContaining({ source: 'grid', code: 'shared_proof', severity: 'warning' }),
        expect.objectContaining({ source: 'cloud', code: 'shared_proof', severity: 'warning' }),
      ]),
    });
  });

  test('what proved itself and is not for us is 200, and nothing is done', async () => {
    const seq = await cloud.emulator.lastSeq();
    const budget = { alertId: '/b', monitoringService: 'CostAlerts', monitorCondition: null };
    const answers = [
      await post('health', {
        schemaId: 'azureMonitorCommonAlertSchema',
        data: { essentials: budget, alertContext: {} },
      }),
      await post('health', {
        schemaId: 'Microsoft.Insights/activityLogs',
        data: { context: { activityLog: { eventSource: { toString: 1 } } } },
      }),
      await post('health', { schemaId: 'AzureMonitorMetricAlert', data: {} }),
      await post('grid', [
        {
          ...{ id: 'b-1', topic: 't', subject: '/blobs/a', eventType: 'Microsoft.Storage.BlobCreated' },
          ...{ eventTime: isoOf(Date.now()), data: { api: 'PutBlob' } },
        },
      ]),
    ];

    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(answers.map(({ json }) => json)).toMatchObject([
      { ignored: [{ index: 0, because: 'other_alerts_not_taken' }], refused: [] },
      { ignored: [{ because: 'other_alerts_not_taken' }] },
      { ignored: [{ because: 'other_alerts_not_taken' }] },
      { ignored: [{ because: 'not_for_us' }] },
    ]);
    expect(await cloud.emulator.requests(`sinceSeq=${seq}`)).toEqual([]);
  });

  test('a secret may have lost its padding', async () => {
    const data = { action: 'pause' };
    const answer = await cloud.send(
      app,
      'unpadded',
      standardDelivery({ secret: `whsec_${UNPADDED}=`, data }),
    );

    expect(answer.status).toBe(200);
  });

  test('the same key with another list moves the hold, and ends nothing that another holds', async () => {
    const deliver = (data: object) =>
      cloud.send(app, 'moving', standardDelivery({ secret: KEY, data, saidAt: new Date() }));
    await app.run('/api/pause', { reportIds: ids(6) });
    await deliver({ action: 'pause', key: 'one', reportIds: ids(5, 6, 7) });
    await deliver({ action: 'pause', key: 'two', reportIds: ids(7) });

    const moved = await deliver({ action: 'pause', key: 'one', reportIds: ids(8) });

    expect(moved.status).toBe(200);
    expect(await cloud.emulator.statuses(ids(5, 6, 7, 8))).toEqual(['Active', 'Paused', 'Paused', 'Paused']);
    await deliver({ action: 'resume', key: 'one' });
    expect(await cloud.emulator.statuses(ids(5, 6, 7, 8))).toEqual(['Active', 'Paused', 'Paused', 'Active']);
  });

  test('no repeat makes a pause longer than maxHold', async () => {
    const startedMs = Date.now();
    const untilOf = async () => {
      const { json } = await app.call('GET', `/api/reports/${reportId(5)}`);
      const { holds } = json as { holds: { holder: string; untilUtc: string }[] };
      return Date.parse(holds.find(({ holder }) => holder === 'webhook moving')?.untilUtc ?? '') - startedMs;
    };
    const data = { action: 'pause', key: 'max', reportIds: ids(5), duration: 'PT4H' };
    await cloud.send(app, 'moving', standardDelivery({ secret: KEY, data }));
    const first = await untilOf();
    const later = 3 * HOUR_MS;
    const shifted = await cloud.startApp(later);
    const at = new Date(Date.now() + later);

    const again = await cloud.send(shifted, 'moving', {
      ...standardDelivery({ secret: KEY, data, sentAt: at, saidAt: at }),
    });

    expect(again.status).toBeLessThan(300);
    expect(first).toBeLessThan(4 * HOUR_MS + 60_000);
    const second = await untilOf();
    expect(second).toBeGreaterThan(4.9 * HOUR_MS);
    expect(second).toBeLessThan(5 * HOUR_MS + 60_000);
  });

  test('whoever sends while the settings are wrong is asked to send again', async () => {
    const delivery = standardDelivery({ secret: KEY, data: { action: 'pause' } });
    const badSettings = await cloud.startApp(0, { MODE: 'perhaps' });
    const badList = await cloud.startApp(0, { WEBHOOKS: '{"name": "moving"}' });
    const answers = [
      await cloud.send(badSettings, 'moving', delivery),
      await cloud.send(badList, 'moving', delivery),
      await cloud.send(app, 'broken', delivery),
      await cloud.send(app, 'homeless', delivery),
    ];

    expect(answers.map(({ status }) => status)).toEqual([503, 503, 503, 503]);
    expect(answers.every(({ headers }) => Number(headers.get('retry-after')) > 0)).toBe(true);
    // A name that no entry of the list has is no fault of the settings.
    expect((await cloud.send(app, 'nobody', delivery)).status).toBe(401);
  });
});
