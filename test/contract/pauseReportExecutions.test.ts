// Holds the emulator to Microsoft's page "Pause report executions API" (Partner Center, Insights, mpn v1).
import { createTokenIssuer } from '../../local/tokens/tokenIssuer.ts';
import {
  azureDaily,
  type EmulatorUnderTest,
  exhausted,
  mpn,
  otherTenant,
  startEmulatorUnderTest,
  unknownId,
} from './emulatorUnderTest.ts';

const envelopeKeys = ['Value', 'TotalCount', 'Message', 'StatusCode'];
const reportFields: Record<string, 'string' | 'boolean' | 'number'> = {
  ReportId: 'string',
  ReportName: 'string',
  Description: 'string',
  QueryId: 'string',
  Query: 'string',
  User: 'string',
  CreatedTime: 'string',
  ModifiedTime: 'string',
  ExecuteNow: 'boolean',
  StartTime: 'string',
  ReportStatus: 'string',
  RecurrenceInterval: 'number',
  RecurrenceCount: 'number',
  CallbackUrl: 'string',
  CallbackMethod: 'string',
  Format: 'string',
};
const timeFormat = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/;

describe('Pause report executions', () => {
  let emulator: EmulatorUnderTest;
  beforeEach(async () => {
    emulator = await startEmulatorUnderTest();
    // Every nullable field gets a value, so that each type can be seen.
    const set = { recurrenceCount: 7, callbackUrl: 'https://receiver.example/done', callbackMethod: 'GET' };
    await emulator.admin('PATCH', 'state', { reportId: azureDaily, by: 'setup', set });
  });
  afterEach(() => emulator.close());

  async function pausedInPascalCase(): Promise<Record<string, unknown>> {
    await emulator.admin('PATCH', 'policies', { casing: 'pascal' });
    const { json } = await emulator.pause(azureDaily);
    return Object.fromEntries(Object.entries(json ?? {}));
  }

  function firstReport(envelope: Record<string, unknown>): Record<string, unknown> {
    const { Value } = envelope;
    return Object.fromEntries(Object.entries((Array.isArray(Value) ? Value[0] : undefined) ?? {}));
  }

  test('is a PUT on the page’s path with a bearer token and no payload, and pauses the report', async () => {
    const answer = await emulator.pause(azureDaily);

    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/);
    expect((await emulator.get(azureDaily)).json).toEqual(oneReportPaused());
  });

  test.each(['GET', 'POST', 'PATCH', 'DELETE'])('is no operation when called by %s', async (method) => {
    const answer = await emulator.call(method, `${mpn}/ScheduledReport/pause/${azureDaily}`);

    expect(answer.status).toBe(404);
    expect(answer.json).toEqual({ statusCode: 404, message: 'Resource not found' });
  });

  test('answers with the four fields of the page’s envelope, besides the two of the worked examples', async () => {
    const envelope = await pausedInPascalCase();

    expect(Object.keys(envelope).toSorted()).toEqual(
      [...envelopeKeys, 'NextLink', 'DataRedacted'].toSorted(),
    );
    expect(envelope).toMatchObject({ TotalCount: 1, Message: expect.any(String), StatusCode: 200 });
    expect(envelope).toHaveProperty('Value.length', 1);
  });

  test('shows the sixteen fields of a report and no other', async () => {
    const report = firstReport(await pausedInPascalCase());

    expect(Object.keys(report)).toEqual(Object.keys(reportFields));
  });

  test.each(Object.entries(reportFields))('shows %s as a %s', async (field, type) => {
    const report = firstReport(await pausedInPascalCase());

    expect(typeof report[field]).toBe(type);
  });

  test.each(['CreatedTime', 'ModifiedTime', 'StartTime'])(
    'writes %s as yyyy-MM-ddTHH:mm:ssZ',
    async (field) => {
      const report = firstReport(await pausedInPascalCase());

      expect(report[field]).toMatch(timeFormat);
    },
  );

  test('names the paused report and its new status', async () => {
    const report = firstReport(await pausedInPascalCase());

    expect(report).toMatchObject({ ReportId: azureDaily, ReportStatus: 'Paused' });
  });

  test('knows the three documented statuses and no fourth', async () => {
    const { text } = await emulator.call('GET', `${mpn}/ScheduledReport`);

    const statuses = [...text.matchAll(/"reportStatus":"(\w+)"/g)].map((found) => found[1]);
    expect(new Set(statuses)).toEqual(new Set(['Active', 'Paused', 'Inactive']));
  });

  test('accepts the id in upper case', async () => {
    expect((await emulator.pause(azureDaily.toUpperCase())).status).toBe(200);
  });

  describe('response codes', () => {
    test('200 for a report that is paused', async () => {
      await expectStatus(200, emulator.pause(azureDaily));
    });

    test('400 for an id that is no UUID, where malformed ids are told from unknown ones', async () => {
      await emulator.admin('PATCH', 'policies', { malformedId: 'badRequest' });

      await expectStatus(400, emulator.pause('not-a-uuid'));
    });

    test('400 for a report that is paused already, where a repeated pause is an error', async () => {
      await emulator.admin('PATCH', 'policies', { pauseOfPaused: 'badRequest' });
      await emulator.pause(azureDaily);

      await expectStatus(400, emulator.pause(azureDaily));
    });

    test('401 without a token', async () => {
      await expectStatus(401, emulator.pause(azureDaily, { token: null }));
    });

    test('401 for a scheme that is not Bearer', async () => {
      const headers = { Authorization: `Basic ${await emulator.token()}` };

      await expectStatus(401, emulator.pause(azureDaily, { token: null, headers }));
    });

    test('401 for an expired token', async () => {
      await expectStatus(
        401,
        emulator.pause(azureDaily, { token: await emulator.token({ lifetimeInSeconds: -1 }) }),
      );
    });

    test('401 for a token of another audience', async () => {
      const token = await emulator.token({ audience: 'https://graph.windows.net' });

      await expectStatus(401, emulator.pause(azureDaily, { token }));
    });

    test('401 for a token that another issuer signed', async () => {
      const stranger = await createTokenIssuer();
      const token = await stranger.issue({
        kind: 'app',
        mfa: false,
        audience: 'https://api.partnercenter.microsoft.com',
        tenantId: '11111111-1111-4111-8111-111111111111',
        clientId: 'stranger',
        userName: null,
        issuedAtMs: Date.now(),
        lifetimeInSeconds: 3599,
      });

      await expectStatus(401, emulator.pause(azureDaily, { token }));
    });

    test('401 for a token whose claims were changed', async () => {
      const [header, , signature] = (await emulator.token()).split('.');
      const claims = Buffer.from(JSON.stringify({ aud: 'https://api.partnercenter.microsoft.com' })).toString(
        'base64url',
      );

      await expectStatus(401, emulator.pause(azureDaily, { token: `${header}.${claims}.${signature}` }));
    });

    test('403 for another partner’s report, where the service tells that it exists', async () => {
      await emulator.admin('PATCH', 'policies', { foreignReport: 'forbidden' });

      await expectStatus(
        403,
        emulator.pause(azureDaily, { token: await emulator.token({ tenantId: otherTenant }) }),
      );
    });

    test.each([
      ['an unknown id', unknownId],
      ['an inactive report', exhausted],
    ])('404 for %s', async (_, id) => {
      await expectStatus(404, emulator.pause(id));
    });

    test('500 when the service fails', async () => {
      await emulator.admin('POST', 'faults', { operation: 'pauseReport', kind: 'status500' });

      await expectStatus(500, emulator.pause(azureDaily));
      expect((await emulator.get(azureDaily)).text).toContain('"reportStatus":"Active"');
    });
  });

  test('a refused pause changes nothing', async () => {
    await emulator.pause(azureDaily, { token: null });
    await emulator.pause(azureDaily, { token: await emulator.token({ tenantId: otherTenant }) });

    expect(await emulator.admin('GET', 'changes')).toEqual([]);
  });

  test.each([
    ['/insights/v1/cmp', 14],
    ['/insights/v1.1/cmp', 17],
  ])('exists on %s, with the fields of that surface', async (base, fieldCount) => {
    const id = 'c0000000-0000-4000-8000-000000000001';

    const answer = await emulator.call('PUT', `${base}/ScheduledReport/pause/${id}?reportId=${id}`);

    expect(answer.json).toMatchObject({ statusCode: 200, value: [{ reportId: id, reportStatus: 'Paused' }] });
    const fields = Object.keys(firstReport({ Value: Object.entries(answer.json ?? {})[0]?.[1] }));
    expect(fields).toHaveLength(fieldCount);
  });
});

async function expectStatus(status: number, sent: ReturnType<EmulatorUnderTest['pause']>): Promise<void> {
  const answer = await sent;
  expect(answer.status).toBe(status);
  expect(answer.json).toMatchObject({ statusCode: status, message: expect.any(String) });
}

function oneReportPaused(): unknown {
  return expect.objectContaining({ value: [expect.objectContaining({ reportStatus: 'Paused' })] });
}
