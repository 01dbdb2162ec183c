import { mapAzureMonitor } from '../../../shared/webhooks/mapAzureMonitor.ts';
import type { WebhookSource } from '../../../shared/webhooks/webhookSource.ts';
import { askedBy, HOUR_MS, intentOf, NOW_MS, sourceOf } from './sampleSource.ts';

const plain = sourceOf({ kind: 'azureMonitor' });

const isoOf = (ms: number) => new Date(ms).toISOString();

/** A maintenance tomorrow from noon to 20:00 UTC, as Service Health tells it. */
const properties = {
  title: 'Azure Synapse Analytics Scheduled Maintenance Pending',
  service: 'Azure Synapse Analytics',
  region: 'East US',
  communication: '<p>https://attacker.example/?sig=abc</p>',
  incidentType: 'Maintenance',
  trackingId: 'VN1T-9Z8',
  impactStartTime: '2026-05-02T12:00:00.0000000Z',
  impactMitigationTime: '2026-05-02T20:00:00Z',
  impactedServices:
    '[{"ImpactedRegions":[{"RegionName":"East US"}],"ServiceName":"Azure Synapse Analytics"}]',
  stage: 'Planned',
  communicationId: '11112222',
  isHIR: 'false',
  version: '0.1.1',
};

function alertContext(more: object = {}, context: object = {}) {
  return {
    authorization: null,
    channels: 1,
    eventSource: 2,
    eventTimestamp: '2026-05-01T11:59:00.0312699+00:00',
    eventDataId: 'data-1',
    level: 3,
    operationName: 'Microsoft.ServiceHealth/maintenance/action',
    properties: { ...properties, ...more },
    status: 'Active',
    submissionTimestamp: '2026-05-01T11:59:20+00:00',
    ...context,
  };
}

function alert({
  more = {},
  context = {},
  essentials = {},
}: {
  more?: object;
  context?: object;
  essentials?: object;
}) {
  return {
    schemaId: 'azureMonitorCommonAlertSchema',
    data: {
      essentials: {
        alertId: '/subscriptions/s/providers/Microsoft.AlertsManagement/alerts/a-1',
        alertRule: 'maintenance',
        monitorCondition: 'Fired',
        monitoringService: 'ServiceHealth',
        originAlertId: 'origin-1',
        firedDateTime: '2026-05-01T11:59:30Z',
        ...essentials,
      },
      alertContext: alertContext(more, context),
    },
  };
}

function map(body: unknown, source: WebhookSource = plain, nowMs = NOW_MS) {
  if (source.format.kind !== 'azureMonitor') throw new Error('of another kind');
  return mapAzureMonitor(body, { source, format: source.format, nowMs });
}

describe('a maintenance of Service Health', () => {
  test('that is planned becomes a hold to come, as long as it was announced', () => {
    expect(intentOf(map(alert({})))).toEqual({
      action: 'pause',
      key: 'ops:VN1T-9Z8',
      deliveryId: expect.stringMatching(/^ops:sha256-[0-9a-f]{64}$/),
      saidAtMs: Date.UTC(2026, 4, 1, 11, 59, 0, 31),
      rank: 0,
      reason: 'Azure Synapse Analytics Scheduled Maintenance Pending (VN1T-9Z8, Planned)',
      fromMs: Date.UTC(2026, 4, 2, 12),
      untilMs: Date.UTC(2026, 4, 2, 20),
      untilBy: 'sender',
      reportIds: null,
      deniedReportIds: [],
      isWholeKey: true,
    });
  });

  const tomorrow = { fromMs: Date.UTC(2026, 4, 2, 12), untilMs: Date.UTC(2026, 4, 2, 20) };
  const fromNow = { fromMs: NOW_MS, untilMs: Date.UTC(2026, 4, 2, 20) };

  test.each([
    ['Planned', { action: 'pause', rank: 0, ...tomorrow }],
    ['Rescheduled', { action: 'pause', rank: 1, ...tomorrow }],
    ['Active', { action: 'pause', rank: 2, ...fromNow }],
    ['InProgress', { action: 'pause', rank: 2, ...fromNow }],
    ['inprogress', { action: 'pause', rank: 2, ...fromNow }],
    ['Complete', { action: 'resume', rank: 3, reportIds: null, because: 'asked' }],
    ['Resolved', { action: 'resume', rank: 3, reportIds: null, because: 'asked' }],
    ['Canceled', { action: 'resume', rank: 3, reportIds: null, because: 'asked' }],
  ])('in stage %s, under one key', (stage, expected) => {
    expect(intentOf(map(alert({ more: { stage } })))).toMatchObject({ key: 'ops:VN1T-9Z8', ...expected });
  });

  test.each([
    [
      'no end',
      'Planned',
      { impactMitigationTime: undefined },
      tomorrow.fromMs,
      tomorrow.fromMs + 4 * HOUR_MS,
      'default',
    ],
    [
      'an empty end',
      'Planned',
      { impactMitigationTime: '' },
      tomorrow.fromMs,
      tomorrow.fromMs + 4 * HOUR_MS,
      'default',
    ],
    [
      ".NET's word for no end",
      'Planned',
      { impactMitigationTime: '0001-01-01T00:00:00' },
      tomorrow.fromMs,
      tomorrow.fromMs + 4 * HOUR_MS,
      'default',
    ],
    [
      'an end beyond the maximum',
      'Planned',
      { impactMitigationTime: '2026-06-01T00:00:00Z' },
      tomorrow.fromMs,
      tomorrow.fromMs + 48 * HOUR_MS,
      'maximum',
    ],
    [
      'times without offset, which are UTC',
      'Planned',
      { impactStartTime: '2026-05-02T12:00:00', impactMitigationTime: '2026-05-02T20:00:00' },
      tomorrow.fromMs,
      tomorrow.untilMs,
      'sender',
    ],
    [
      'a start that has passed',
      'Planned',
      { impactStartTime: '2026-05-01T10:00:00Z', impactMitigationTime: '2026-05-01T14:00:00Z' },
      NOW_MS - 2 * HOUR_MS,
      NOW_MS + 2 * HOUR_MS,
      'sender',
    ],
    [
      'no end while it works',
      'InProgress',
      { impactMitigationTime: null },
      NOW_MS,
      NOW_MS + 4 * HOUR_MS,
      'default',
    ],
    [
      'an end that has passed while it works',
      'InProgress',
      { impactMitigationTime: isoOf(NOW_MS - HOUR_MS) },
      NOW_MS,
      NOW_MS + 4 * HOUR_MS,
      'default',
    ],
    ['a start ahead while it works', 'InProgress', {}, NOW_MS, tomorrow.untilMs, 'sender'],
    ['no start while it works', 'Active', { impactStartTime: undefined }, NOW_MS, tomorrow.untilMs, 'sender'],
  ])('with %s', (_what, stage, more, fromMs, untilMs, untilBy) => {
    expect(intentOf(map(alert({ more: { stage, ...more } })))).toMatchObject({
      action: 'pause',
      fromMs,
      untilMs,
      untilBy,
    });
  });

  test('whose announced end has passed ends what was held for it', () => {
    const more = {
      stage: 'Rescheduled',
      impactStartTime: '2026-04-30T12:00:00Z',
      impactMitigationTime: '2026-04-30T20:00:00Z',
    };

    expect(intentOf(map(alert({ more })))).toMatchObject({
      action: 'resume',
      because: 'over_already',
      reportIds: null,
    });
  });

  test('ends also when its times make no sense', () => {
    const more = { stage: 'Complete', impactStartTime: 'soon', impactMitigationTime: {} };

    expect(intentOf(map(alert({ more })))).toMatchObject({ action: 'resume' });
  });

  test.each([
    ['an unknown stage', { stage: 'Preparing' }, 'unknown_stage', 'stage'],
    ['no start', { impactStartTime: undefined }, 'missing_field', 'impactStartTime'],
    ['a start that is none', { impactStartTime: 'tomorrow' }, 'bad_field', 'impactStartTime'],
    ['a start in numbers', { impactStartTime: 1_777_000_000 }, 'bad_field', 'impactStartTime'],
    [
      'a day that does not exist',
      { impactStartTime: '2026-02-30T00:00:00Z' },
      'bad_field',
      'impactStartTime',
    ],
    ['an end that is none', { impactMitigationTime: 'later' }, 'bad_field', 'impactMitigationTime'],
    ['an end before its start', { impactMitigationTime: '2026-05-02T11:00:00Z' }, 'bad_field', 'until'],
    [
      'a start years ahead',
      { impactStartTime: '2036-05-02T12:00:00Z', impactMitigationTime: '2036-05-02T13:00:00Z' },
      'instant_out_of_range',
      'from',
    ],
    ['no tracking id', { trackingId: undefined }, 'foreign_payload', null],
    ['an empty tracking id', { trackingId: '' }, 'foreign_payload', null],
  ])('is refused by name with %s', (_what, more, code, field) => {
    expect(map(alert({ more }))).toEqual({ ok: false, code, field });
  });

  test.each([
    [
      'an outage',
      {
        more: { incidentType: 'Incident' },
        context: { operationName: 'Microsoft.ServiceHealth/incident/action' },
      },
    ],
    [
      'an outage that calls itself maintenance',
      { context: { operationName: 'Microsoft.ServiceHealth/incident/action' } },
    ],
    ['a health advisory', { more: { incidentType: 'ActionRequired' } }],
    ['an outage of a stage we do not know', { more: { incidentType: 'Incident', stage: 'RCA' } }],
  ])('is not taken from %s', (_what, body) => {
    expect(intentOf(map(alert(body)))).toMatchObject({ action: 'ignore', because: 'not_maintenance' });
  });

  test('has numbers where others have words, or the reverse, and is read all the same', () => {
    const context = { channels: 'Admin', eventSource: 'ServiceHealth', level: 'Informational' };

    expect(intentOf(map(alert({ context })))).toEqual(intentOf(map(alert({}))));
  });

  test('does not end because the alert itself is resolved', () => {
    expect(intentOf(map(alert({ essentials: { monitorCondition: 'Resolved' } })))).toMatchObject({
      action: 'pause',
    });
  });

  test.each([
    [{ eventTimestamp: undefined }, Date.UTC(2026, 4, 1, 11, 59, 20)],
    [{ eventTimestamp: 'x', submissionTimestamp: null }, Date.UTC(2026, 4, 1, 11, 59, 30)],
  ])('is dated by what is there: %j', (context, saidAtMs) => {
    expect(intentOf(map(alert({ context })))).toMatchObject({ saidAtMs });
  });

  test('is refused without any date, since it could be the oldest news', () => {
    const body = alert({
      context: { eventTimestamp: null, submissionTimestamp: null },
      essentials: { firedDateTime: null },
    });

    expect(map(body)).toMatchObject({ ok: false, code: 'missing_field' });
  });

  test.each([
    [5 * 60_000, null],
    [5 * 60_000 + 1, 'said_ahead_of_time'],
    [-7 * 24 * HOUR_MS, null],
    [-7 * 24 * HOUR_MS - 1, 'said_too_long_ago'],
  ])('said %i ms from now', (fromNowMs, code) => {
    const mapped = map(alert({ context: { eventTimestamp: isoOf(NOW_MS + fromNowMs) } }));

    expect(mapped).toMatchObject(code === null ? { ok: true } : { ok: false, code });
  });

  test('tells every communication from every other, and knows the same one again', () => {
    const idOf = (body: Parameters<typeof alert>[0]) => intentOf(map(alert(body))).deliveryId;

    expect(idOf({})).toBe(idOf({}));
    const ids = [
      idOf({}),
      idOf({ more: { stage: 'Rescheduled' } }),
      idOf({ more: { communicationId: '2' } }),
      idOf({ context: { eventDataId: '2' } }),
      idOf({ essentials: { originAlertId: '2' } }),
    ];
    expect(new Set(ids).size).toBe(ids.length);
  });

  test('keeps links, secrets and control characters of its title to itself', () => {
    const more = {
      title: `a\u0000b\u202e https://attacker.example/?sig=abc sig=abc \ud800 ${'x'.repeat(5_000)}`,
    };
    const { reason } = askedBy(map(alert({ more })));

    expect(reason).not.toMatch(/attacker|sig=abc|\p{Cc}|\u202e/u);
    expect(reason.length).toBeLessThanOrEqual(500);
    expect(reason.isWellFormed()).toBe(true);
    expect(askedBy(map(alert({ more: { title: 'a\ud800' } }))).reason.isWellFormed()).toBe(true);
  });

  test('of the older schema says the same', () => {
    const activityLog = alertContext({}, { eventSource: 'ServiceHealth' });
    const body = {
      schemaId: 'Microsoft.Insights/activityLogs',
      data: { status: 'Activated', context: { activityLog } },
    };
    const { deliveryId: _mine, ...legacy } = intentOf(map(body));
    const { deliveryId: _theirs, ...common } = intentOf(map(alert({})));

    expect(legacy).toEqual(common);
  });

  test('whose tracking id is no plain text gets a key that is', () => {
    expect(intentOf(map(alert({ more: { trackingId: 'a b\u0000ü' } }))).key).toMatch(
      /^ops:sha256-[0-9a-f]{64}$/,
    );
  });

  describe('with a source that looks at some services and regions only', () => {
    const narrow = sourceOf({
      kind: 'azureMonitor',
      services: ['azure synapse analytics'],
      regions: ['West Europe'],
    });
    const impacted = (service: string, ...regions: string[]) => ({
      impactedServices: JSON.stringify([
        { ServiceName: 'Other', ImpactedRegions: [{ RegionName: 'West Europe' }] },
        { ServiceName: service, ImpactedRegions: regions.map((RegionName) => ({ RegionName })) },
      ]),
    });

    test.each([
      [impacted('Azure Synapse Analytics', 'East US', 'West Europe'), true],
      [impacted('Azure Synapse Analytics', 'Global'), true],
      [impacted('Azure Synapse Analytics', 'East US'), false],
      [impacted('Storage', 'West Europe'), false],
      [{ impactedServices: 'not JSON', region: 'east us, west europe' }, true],
      [{ impactedServices: undefined, region: 'East US' }, false],
      [{ impactedServices: '[]', service: undefined }, false],
    ])('is taken or left: %j', (more, isTaken) => {
      expect(intentOf(map(alert({ more }), narrow))).toMatchObject(
        isTaken ? { action: 'pause' } : { action: 'ignore', because: 'out_of_scope' },
      );
    });

    test('ends whatever it says about services then', () => {
      const more = { ...impacted('Storage', 'East US'), stage: 'Complete' };

      expect(intentOf(map(alert({ more }), narrow))).toMatchObject({ action: 'resume' });
    });
  });
});

describe('what a source names as its region', () => {
  const regionOf = (RegionName: string) => ({
    impactedServices: JSON.stringify([{ ServiceName: 'Storage', ImpactedRegions: [{ RegionName }] }]),
  });

  test.each([
    ['eastus', 'East US'],
    ['East-US', 'east us'],
    ['EAST US 2', 'eastus2'],
    ['west_europe', 'West Europe'],
  ])('%j is the region that an alert calls %j', (region, told) => {
    const source = sourceOf({ kind: 'azureMonitor', regions: [region] });

    expect(intentOf(map(alert({ more: regionOf(told) }), source))).toMatchObject({ action: 'pause' });
    expect(intentOf(map(alert({ more: regionOf('East US 3') }), source))).toMatchObject({
      because: 'out_of_scope',
    });
  });

  test.each([
    ['no region at all', { impactedServices: undefined, region: undefined }],
    ['an empty list of services', { impactedServices: '[]', region: '' }],
    ['a service without regions', { impactedServices: '[{"ServiceName":"Storage","ImpactedRegions":[]}]' }],
    ['a service with null for regions', { impactedServices: '[{"ServiceName":"S","ImpactedRegions":null}]' }],
    ['Non-Regional', regionOf('Non-Regional')],
  ])('is in scope of an alert with %s', (_what, more) => {
    const source = sourceOf({ kind: 'azureMonitor', regions: ['eastus'] });

    expect(intentOf(map(alert({ more }), source))).toMatchObject({ action: 'pause' });
  });
});

describe('what an action group sends of something else', () => {
  const open = sourceOf({ kind: 'azureMonitor', otherAlerts: true });

  test.each([
    ['a metric in its own schema', { schemaId: 'AzureMonitorMetricAlert', data: { context: {} } }],
    ['a budget in its own schema', { schemaId: 'AIP Budget Notification', data: {} }],
    ...[
      ['an administrative act', 'Administrative'],
      ['an object for its source', { value: 1, toString: 1 }],
      ['a number for its source', 8],
      ['no source', undefined],
    ].map(([what, eventSource]): [string, object] => [
      String(what),
      { schemaId: 'Microsoft.Insights/activityLogs', data: { context: { activityLog: { eventSource } } } },
    ]),
  ])('is ignored: %s', (_what, body) => {
    for (const source of [plain, open]) {
      expect(intentOf(map(body, source))).toMatchObject({
        action: 'ignore',
        because: 'other_alerts_not_taken',
      });
    }
  });

  test('is ignored where it is about money, which neither fires nor is resolved', () => {
    const essentials = { monitoringService: 'CostAlerts', monitorCondition: null, firedDateTime: undefined };

    expect(intentOf(map(alert({ essentials })))).toMatchObject({ because: 'other_alerts_not_taken' });
    expect(intentOf(map(alert({ essentials }), open))).toMatchObject({ because: 'no_condition' });
  });

  test('is ignored where it is an advisory of Service Health that has neither stage nor tracking id', () => {
    const more = { incidentType: 'Informational', stage: undefined, trackingId: undefined };

    expect(intentOf(map(alert({ more })))).toMatchObject({ because: 'not_maintenance' });
  });
});

describe('another alert', () => {
  const open = sourceOf({ kind: 'azureMonitor', otherAlerts: true });
  const platform = { monitoringService: 'Platform', resolvedDateTime: '2026-05-01T11:59:45Z' };

  test('is left alone unless the source takes it', () => {
    expect(intentOf(map(alert({ essentials: platform })))).toMatchObject({
      action: 'ignore',
      because: 'other_alerts_not_taken',
    });
  });

  test('pauses when it fires and ends when it is resolved, under one key', () => {
    const fired = intentOf(map(alert({ essentials: platform }), open));
    const resolved = intentOf(
      map(alert({ essentials: { ...platform, monitorCondition: 'Resolved' } }), open),
    );

    expect(fired).toMatchObject({
      action: 'pause',
      fromMs: NOW_MS,
      untilMs: NOW_MS + 4 * HOUR_MS,
      untilBy: 'default',
    });
    expect(resolved).toMatchObject({
      action: 'resume',
      key: fired.key,
      saidAtMs: Date.UTC(2026, 4, 1, 11, 59, 45),
    });
    expect(resolved.deliveryId).not.toBe(fired.deliveryId);
  });

  test.each([undefined, null, '', '0001-01-01T00:00:00Z'])(
    'that is resolved and does not say when (%j) ends at its arrival, and is the same event when it comes again',
    (resolvedDateTime) => {
      const essentials = { ...platform, monitorCondition: 'Resolved', resolvedDateTime };
      const [first, again] = [NOW_MS, NOW_MS + HOUR_MS].map((nowMs) =>
        intentOf(map(alert({ essentials }), open, nowMs)),
      );

      expect(first).toMatchObject({ action: 'resume', saidAtMs: NOW_MS });
      expect(again?.deliveryId).toBe(first?.deliveryId);
    },
  );

  test.each([
    [{ ...platform, monitorCondition: 'Unknown' }, 'unknown_stage'],
    [{ ...platform, firedDateTime: null }, 'bad_field'],
    [{ ...platform, alertId: undefined }, 'missing_field'],
  ])('is refused by name: %j', (essentials, code) => {
    expect(map(alert({ essentials }), open)).toMatchObject({ ok: false, code });
  });
});

test.each([
  null,
  [],
  'text',
  {},
  { schemaId: 'azureMonitorCommonAlertSchema' },
  { schemaId: 'azureMonitorCommonAlertSchema', data: { essentials: null } },
  { schemaId: 'Microsoft.Insights/activityLogs', data: { context: {} } },
  [alert({})],
])('what is no alert is refused as foreign: %j', (body) => {
  expect(map(body)).toEqual({ ok: false, code: 'foreign_payload', field: null });
});
