import { eventSchema } from '../../shared/telemetry/eventSchema.ts';
import { metricTable } from '../../shared/telemetry/metricTable.ts';
import { emulatorAccount } from '../setUp/takeStorageAccount.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { hostKeys } from './appUnderTest.ts';
import { windowThatIsOn } from './cloudUnderTest.ts';
import { operateHere, runOf } from './ctlProcess.ts';
import { reportId } from './emulatorDoor.ts';
import { until } from './runsUnderTest.ts';
import { startTelemetryCloud, type TelemetryCloud } from './telemetryCloud.ts';

jest.setTimeout(90_000);

const TENANT = '11111111-1111-4111-8111-111111111111';
const UTC = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d+)?Z$/;
const [plain, throttled, forbidden, foreign] = [reportId(1), reportId(2), reportId(3), reportId(41)];

let cloud: TelemetryCloud;
beforeAll(async () => {
  cloud = await startTelemetryCloud(emulatorAccount());
});
afterAll(() => cloud.stop());

/** What the app has said of this report, oldest first. */
function told(id: string) {
  return cloud.ingestion.received
    .events()
    .filter(({ properties }) => properties['reportId'] === id)
    .map(({ name, properties: { code, because } }) => [name, code ?? because].filter(Boolean).join(' '));
}

function calls() {
  return cloud.ingestion.received
    .dependencies()
    .filter(({ properties }) => properties['service'] === 'partnerCenter');
}

async function tickOnce(settings: Readonly<Record<string, string>>): Promise<void> {
  const app = await cloud.startApp(settings);
  await app.tick();
  await app.stop();
}

describe('the telemetry of one full window, as Application Insights gets it', () => {
  beforeAll(async () => {
    await cloud.emulator.fault({
      ...{ kind: 'throttle429', operation: 'pauseReport', reportId: throttled, retryAfter: 1, times: 1 },
    });
    await cloud.emulator.fault({
      ...{ kind: 'forbidden', operation: 'pauseReport', reportId: forbidden, times: null },
    });
    await tickOnce(windowThatIsOn([plain, throttled, forbidden, foreign]));
    await cloud.emulator.clearFaults();
    await tickOnce({ REPORT_IDS: '' });
  });

  test('tells of each report what came of it', () => {
    expect(told(plain)).toEqual(['ReportPaused', 'HoldEnded window_no_longer_covers', 'ReportResumed']);
    expect(told(throttled)).toEqual(told(plain));
    expect(told(forbidden)).toEqual(['ReportFailed forbidden', 'HoldEnded window_no_longer_covers']);
    expect(told(foreign)).toEqual(['ForeignPauseFound', 'HoldEnded window_no_longer_covers']);
  });

  test('tells of each pause whose it is and all that proves it, so that a lost ledger can be rebuilt', () => {
    const paused = cloud.ingestion.received
      .events()
      .find(({ name, properties }) => name === 'ReportPaused' && properties['reportId'] === plain);

    expect(paused?.properties).toEqual({
      ...{ account: 'default', accountKey: `mpn.${TENANT}`, tenantId: TENANT, surface: 'mpn' },
      ...{ reportId: plain, reportName: 'report 1', detail: 'paused, and seen so' },
      runId: expect.any(String),
      correlationId: expect.any(String),
      InvocationId: expect.any(String),
      queryId: expect.stringMatching(/^[0-9a-f-]{36}$/),
      pausedAtUtc: expect.stringMatching(UTC),
      modifiedTime: expect.stringMatching(UTC),
      contents: expect.stringMatching(/^[a-z]+=[0-9a-f]{8}(;[a-z]+=[0-9a-f]{8})*$/),
      heldBy: expect.stringMatching(/^window default /),
      heldUntilUtc: expect.stringMatching(UTC),
    });
  });

  test('tells of each run how it ended, and counts what came of its reports', () => {
    const runs = cloud.ingestion.received.events().filter(({ name }) => name === 'RunFinished');
    expect(runs.map(({ properties: { door, status } }) => [door, status])).toEqual([
      ['tick', 'partial'],
      ['tick', 'ok'],
    ]);
    expect(runs[0]?.measurements).toEqual({
      ...{ reports: 4, undone: 1, paused: 2, resumed: 0, problems: 0 },
      durationInMs: expect.any(Number),
    });
    const sums = new Map<string, number>();
    for (const { name, dimensions, sum } of cloud.ingestion.received.metrics()) {
      const key = [name, ...Object.values(dimensions)].join(' ');
      sums.set(key, (sums.get(key) ?? 0) + sum);
    }
    expect(Object.fromEntries(sums)).toMatchObject({
      'reports paused tick default': 2,
      'reports forbidden tick default': 1,
      'reports foreign tick default': 1,
      'reports resumed tick default': 2,
      'holdsAlive default': 4,
      'reportsHeld default': 4,
      'apiCalls default PUT /ScheduledReport/pause/{id} 429': 1,
      'apiCalls default PUT /ScheduledReport/pause/{id} 403': 1,
      'apiCalls default PUT /ScheduledReport/pause/{id} 200': 2,
      'apiCalls default PUT /ScheduledReport/resume/{id} 200': 2,
    });
    expect(sums.get('throttledTimeInMs default')).toBeGreaterThan(500);
    expect(sums.get('oldestHoldAgeInSeconds default')).toBeGreaterThan(200);
    expect(sums.get('runDurationInMs tick partial')).toBeGreaterThan(0);
  });

  test('has a dependency for each request that Partner Center received, and no other', async () => {
    const received = await cloud.emulator.requests();
    const asReceived = received.map(({ method, path, status, headers }) =>
      [method, path, status, headers['ms-requestid']].join(' '),
    );
    const asSent = calls().map(({ name, data, resultCode, properties: { requestId } }) =>
      [name.split(' ')[0], new URL(data).pathname, resultCode, requestId].join(' '),
    );

    expect(received.length).toBeGreaterThan(5);
    expect(asSent.sort()).toEqual(asReceived.sort());
    expect(calls().filter(({ success }) => !success)).toHaveLength(2);
    const isSecondPut = ({ name, properties }: ReturnType<typeof calls>[number]) =>
      name.startsWith('PUT') && properties['attempt'] === '2';
    expect(calls().find(isSecondPut)).toMatchObject({
      ...{ name: 'PUT /ScheduledReport/pause/{id}', resultCode: '200', success: true },
    });
  });

  test('has a dependency for each token, and for the calls to storage, none of which failed', () => {
    const dependencies = cloud.ingestion.received.dependencies();
    const ofService = (service: string) =>
      dependencies.filter(({ properties }) => properties['service'] === service);

    // Per process one for Partner Center; the one for the ingestion itself is not told of.
    expect(ofService('managedIdentity').map(({ name, success }) => [name, success])).toEqual([
      ['GET /msi/token', true],
      ['GET /msi/token', true],
    ]);
    expect(ofService('storage').length).toBeGreaterThan(10);
    expect(ofService('storage').filter(({ success }) => !success)).toEqual([]);
    expect(new Set(ofService('storage').map(({ name }) => name))).toContain('POST /IntermissionLive');
  });

  test("belongs, from the door to the last PUT, to the operation of the host's request", () => {
    const { received } = cloud.ingestion;
    const requests = received.requests();
    expect(requests.map(({ name, sentBy, success }) => [name, sentBy, success])).toEqual([
      ['tick', 'standIn', true],
      ['tick', 'standIn', true],
    ]);
    const places = new Set(requests.map(({ operationId, id }) => `${operationId} ${id} tick`));
    const items = [...received.events(), ...received.dependencies()];
    for (const { operationId, parentId, operationName } of items) {
      expect(places).toContain(`${operationId} ${parentId} ${operationName}`);
    }
    expect(new Set(items.map(({ operationId }) => operationId)).size).toBe(2);
    expect(new Set(received.dependencies().map(({ id }) => id)).size).toBe(received.dependencies().length);
  });

  test('bears the name and the version of the app, and came with a token of its identity', () => {
    const { received, requests, rejections } = cloud.ingestion;
    const items = [...received.events(), ...received.dependencies(), ...received.metrics()];

    expect(new Set(items.map(({ role, version }) => `${role} ${version}`))).toEqual(
      new Set(['intermission-test 0.1.0']),
    );
    expect(items.filter(({ roleInstance }) => roleInstance === '')).toEqual([]);
    expect(rejections).toEqual([]);
    expect(new Set(requests.map(({ status, clientId }) => `${status} ${clientId}`))).toEqual(
      new Set(['200 33333333-3333-4333-8333-333333333333']),
    );
  });
});

test('a long request and the message that goes on with it are one operation, that of the caller', async () => {
  const [traceId, spanId] = ['4bf92f3577b34da6a3ce929d0e0e4736', '00f067aa0ba902b7'];
  const app = await cloud.startApp({ REPORT_IDS: '' });
  const before = calls().length;

  const accepted = await fetch(`${app.host.url}/api/pause`, {
    method: 'POST',
    headers: {
      ...{ 'x-functions-key': hostKeys.function, prefer: 'respond-async' },
      traceparent: `00-${traceId}-${spanId}-01`,
    },
    body: JSON.stringify({ reportIds: [reportId(11), reportId(12)], reason: 'a long one' }),
  });
  expect(accepted.status).toBe(202);
  await until('the run is done', async () => {
    const { status } = await fetch(accepted.headers.get('location') ?? '');
    return status === 202 ? null : status;
  });
  await app.stop();

  const puts = calls()
    .slice(before)
    .filter(({ name }) => name.startsWith('PUT'));
  expect(puts).toHaveLength(2);
  expect(new Set(puts.map((put) => [put.operationId, put.operationName].join(' ')))).toEqual(
    new Set([`${traceId} work`]),
  );
  expect(told(reportId(11))).toEqual(['ReportPaused']);
});

test('a lost ledger is rebuilt by the operator from what Application Insights was told', async () => {
  const ids = [reportId(13), reportId(14)];
  const first = await cloud.startApp({ REPORT_IDS: '' });
  await first.run('/api/pause', { reportIds: ids });
  await first.stop();
  await cloud.loseLedger();
  // As "az monitor app-insights query" prints the rows of infra/queries/adopt.kql.
  const columns = ['account', 'reportId', 'pausedAtUtc', 'modifiedTime', 'contents'];
  const rows = cloud.ingestion.received
    .events()
    .filter(({ name, properties }) => name === 'ReportPaused' && ids.includes(properties['reportId'] ?? ''))
    .map(({ properties }) => columns.map((column) => properties[column]));
  const printed = { tables: [{ name: 'PrimaryResult', columns: columns.map((name) => ({ name })), rows }] };

  const app = await cloud.startApp({ REPORT_IDS: '' });
  const end = await operateHere(
    ['adopt', '--url', app.host.url, '--reason', 'storage was lost', '--json'],
    { INTERMISSION_KEY: hostKeys.function },
    JSON.stringify(printed),
  );
  expect(runOf(end).results.map(({ outcome }) => outcome)).toEqual(['adopted', 'adopted']);
  expect(end.exitCode).toBe(0);
  expect(await cloud.emulator.statuses(ids)).toEqual(['Paused', 'Paused']);
  await app.tick();
  expect(await cloud.emulator.statuses(ids)).toEqual(['Active', 'Active']);
  await app.stop();
  expect(told(reportId(13))).toEqual(['ReportPaused', 'ReportAdopted', 'ReportResumed']);
});

describe('pausing goes on undisturbed', () => {
  const tellsFailure = (app: AppUnderTest) =>
    app.host.logs.flatMap(({ level, message }) =>
      message.includes('"TelemetryFailed"') ? [[level, JSON.parse(message).reason]] : [],
    );

  test('while Application Insights refuses all, which is told; what waited is sent before the process ends', async () => {
    const [first, second] = [reportId(21), reportId(22)];
    cloud.ingestion.planFault({ fault: { kind: 'status', status: 503 }, count: Number.POSITIVE_INFINITY });
    const app = await cloud.startApp(windowThatIsOn([first]));

    const ticked = await app.tick();
    const { run } = await app.run('/api/pause', { reportIds: [second] });

    expect([ticked.hasSucceeded, run.status]).toEqual([true, 'ok']);
    expect(await cloud.emulator.statuses([first, second])).toEqual(['Paused', 'Paused']);
    expect(tellsFailure(app)).toEqual([['warning', '503']]);
    expect([told(first), told(second)]).toEqual([[], []]);
    cloud.ingestion.clearFaults();
    await app.stop();
    expect([told(first), told(second)]).toEqual([['ReportPaused'], ['ReportPaused']]);
  });

  test('while Application Insights takes what is sent and never answers', async () => {
    const id = reportId(23);
    cloud.ingestion.planFault({ fault: { kind: 'hang' }, count: Number.POSITIVE_INFINITY });
    const app = await cloud.startApp({ REPORT_IDS: '' });

    const { run } = await app.run('/api/pause', { reportIds: [id] });

    expect(run.status).toBe('ok');
    expect(await cloud.emulator.statuses([id])).toEqual(['Paused']);
    cloud.ingestion.clearFaults();
    await app.kill();
  });

  test('without a setting for telemetry, or with a broken exporter, because neither is needed for it', async () => {
    const [first, second] = [reportId(24), reportId(25)];
    cloud.removeExporter();
    const [without, broken] = await Promise.all([
      cloud.start({ REPORT_IDS: '' }),
      cloud.startApp({ REPORT_IDS: '' }),
    ]);

    const runs = [
      await without.run('/api/pause', { reportIds: [first] }),
      await broken.run('/api/pause', { reportIds: [second] }),
    ];

    expect(runs.map(({ run }) => run.status)).toEqual(['ok', 'ok']);
    expect(tellsFailure(without)).toEqual([]);
    expect(tellsFailure(broken)).toEqual([['warning', 'not_loaded']]);
  });
});

test('the bundle loads the exporter apart, and leaves out what would ask Microsoft for settings of its own', () => {
  const { all, main } = cloud.bundle();

  expect(main).not.toContain('azureMonitor');
  expect(all).toContain('azureMonitor.cjs');
  // A line of the exporter that asks by the hour.
  expect(all).not.toContain('OneSettings configuration refresh failed');
});

test('every event and every metric has only the columns that are documented', () => {
  const { received } = cloud.ingestion;
  const columns: Readonly<Record<string, { properties: object; measurements: object }>> = eventSchema;
  const undocumented = received.events().flatMap(({ name, properties, measurements }) => {
    const known = columns[name];
    const names = [...Object.keys(properties), ...Object.keys(measurements)];
    const allowed = { InvocationId: 1, ...known?.properties, ...known?.measurements };
    return names.filter((one) => known === undefined || !(one in allowed)).map((one) => `${name}.${one}`);
  });
  const metrics: Readonly<Record<string, { dimensions: object }>> = metricTable;
  const unknown = received.metrics().filter(
    ({ name, dimensions }) =>
      Object.keys(dimensions).sort().join() !==
      Object.keys(metrics[name]?.dimensions ?? {})
        .sort()
        .join(),
  );

  expect(received.events().length).toBeGreaterThan(10);
  expect(undocumented).toEqual([]);
  expect(unknown).toEqual([]);
});

test('no item holds a token, a key or the query of an address', () => {
  const texts = cloud.ingestion.received.envelopes.map((envelope) => JSON.stringify(envelope));
  const hidden = [...cloud.issuedTokens(), ...Object.values(hostKeys), 'the-header-of-the-identity-endpoint'];

  expect(cloud.issuedTokens().length).toBeGreaterThan(3);
  expect(texts.length).toBeGreaterThan(50);
  expect(texts.filter((text) => hidden.some((secret) => text.includes(secret)))).toEqual([]);
  expect(
    texts.filter((text) => /eyJ[\w-]{10}|Bearer |AccountKey|[?&](?:sig|code|api-version)=/.test(text)),
  ).toEqual([]);
  cloud.expectNothingSecret();
});
