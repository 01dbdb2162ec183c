import SwaggerParser from '@apidevtools/swagger-parser';
import { describeRoutes, openApiDocument } from '../../shared/openapi/openApiDocument.ts';
import { keySecurity } from '../../shared/openapi/security.ts';
import type { SwaggerDocument } from '../../shared/openapi/swagger.ts';
import { routes } from '../../shared/routes/routes.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';
import { documents, expectDocumented, type GivenAnswer, undocumented } from './expectDocumented.ts';

jest.setTimeout(60_000);

const MEBIBYTE = 1024 * 1024;
const path = '/api/openapi.json';

describe('the OpenAPI document of the app', () => {
  let cloud: CloudUnderTest;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startCloud();
    app = await cloud.start();
  });
  afterAll(() => cloud.stop());

  test('is there for everybody, names the address it was asked at, and is under 1 MB', async () => {
    const { status, headers, text, json } = await app.call('GET', path, { key: null });

    expect([status, headers.get('content-type')]).toEqual([200, 'application/json']);
    expect(text.length).toBeLessThan(MEBIBYTE);
    expect(json).toMatchObject({ swagger: '2.0', host: new URL(app.host.url).host, schemes: ['http'] });
  });

  test('is valid OpenAPI 2.0, and the one that every other answer is held against', async () => {
    const { json } = await app.call('GET', path, { key: null });
    const { host, schemes, ...rest } = JSON.parse(JSON.stringify(json));

    expect(rest).toEqual(
      JSON.parse(JSON.stringify(openApiDocument(await describeRoutes(routes), keySecurity))),
    );
    await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(json)))).resolves.toBeDefined();
    expect([host, schemes]).toEqual([expect.any(String), expect.any(Array)]);
  });

  test('tells every route that the app serves, and no other', async () => {
    const served = app.host.functions
      // The page is for people; programs have all else.
      .filter(({ type, route }) => type === 'httpTrigger' && route?.startsWith('api/ui') === false)
      .flatMap(({ methods, route, authLevel }) =>
        methods
          // The handshake of CloudEvents is for senders, who know it from its own specification.
          .filter((method) => method !== 'OPTIONS')
          .map((method) => `${method} /${route} ${authLevel === 'anonymous' ? 'open' : 'guarded'}`),
      );
    const told = (await describeRoutes(routes)).map(
      ({ method, path, isOpen }) => `${method.toUpperCase()} ${path} ${isOpen ? 'open' : 'guarded'}`,
    );

    expect(told.sort()).toEqual(served.sort());
  });

  test('tells how to sign in where callers have tokens of Entra, and where other settings are wrong', async () => {
    const [tenant, client] = ['22222222-2222-4222-8222-222222222222', '44444444-4444-4444-8444-444444444444'];
    const entra = { AUTH: 'entra', AUTH_TENANT_ID: tenant, AUTH_AUDIENCE: client };
    const broken = await cloud.start({
      ...entra,
      AUTHORITY_HOST: 'https://login.localhost',
      MODE: 'perhaps',
    });

    const { status, json } = await broken.call('GET', path, { key: null });

    expect(status).toBe(200);
    expect(json).toMatchObject({
      securityDefinitions: {
        entra: {
          ...{ type: 'oauth2', flow: 'accessCode' },
          tokenUrl: `https://login.localhost/${tenant}/oauth2/v2.0/token`,
          scopes: { [`api://${client}/.default`]: expect.any(String) },
        },
      },
      security: [{ entra: [`api://${client}/.default`] }],
    });
    expect(json).toHaveProperty(['paths', '/api/pause', 'post', 'responses', '403']);
    await expect(SwaggerParser.validate(JSON.parse(JSON.stringify(json)))).resolves.toBeDefined();
  });

  test('tells an answer of each door as it is', async () => {
    const ids = [reportId(1), reportId(2)];
    const { run } = await app.run('/api/pause', { reportIds: ids });
    const later = { reportIds: [reportId(3)], reason: 'later' };
    const accepted = await fetch(`${app.host.url}/api/pause`, {
      method: 'POST',
      headers: { 'x-functions-key': 'the-function-key-of-the-host', prefer: 'respond-async' },
      body: JSON.stringify(later),
    });
    await expectDocumented({
      ...given('POST', '/api/pause', 202, await accepted.text()),
      headers: accepted.headers,
    });

    const statuses = [];
    for (const [method, route, body] of [
      ['GET', '/api/reports'],
      ['GET', `/api/reports/${ids[0]}`],
      ['GET', '/api/plan?until=2099-01-01T00:00:00Z'],
      ['GET', '/api/plan'],
      ['GET', '/api/windows'],
      ['GET', '/api/accounts'],
      ['GET', '/api/health'],
      ['GET', '/api/health/details'],
      ['GET', `/api/runs/${run.runId}`],
      ['POST', `/api/runs/${run.runId}/continue`],
      ['POST', '/api/tick'],
      ['POST', '/api/drain', { body: { confirm: 'drain' } }],
    ] as const) {
      statuses.push((await app.call(method, route, body)).status);
    }

    expect([accepted.status, ...statuses]).toEqual([
      202, 200, 200, 400, 200, 200, 200, 200, 200, 200, 200, 200, 200,
    ]);
  });
});

describe('an answer that is not in the document', () => {
  let document: SwaggerDocument;
  beforeAll(async () => {
    document = (await documents).withKeys;
  });
  const health = (status: number, text: string) => given('GET', '/api/health', status, text);

  test('is found by its status, a field more, a field less, a wrong type, content type or route', () => {
    const wrong = [
      health(201, '{"status":"ok","version":"1"}'),
      health(200, '{"status":"ok","version":"1","more":1}'),
      health(200, '{}'),
      health(200, '{"status":"fine","version":"1"}'),
      {
        ...health(200, '{"status":"ok","version":"1"}'),
        headers: new Headers({ 'content-type': 'text/html' }),
      },
      given('GET', '/api/elsewhere', 200, '{}'),
      given('POST', '/api/pause', 503, '{}'),
    ];

    expect(wrong.map((answer) => undocumented(document, answer))).toEqual(
      wrong.map(() => expect.any(String)),
    );
  });

  test('is none where the answer is as told, null where that is told, or the platform’s own', () => {
    const lists = { reports: [], forecast: [], warnings: [], problems: [] };
    const plan = { atUtc: '2026-01-01T00:00:00Z', mode: 'act', forecastCutAtUtc: null, ...lists };
    const right = [
      health(200, '{"status":"ok","version":"1"}'),
      given('GET', '/api/plan', 200, JSON.stringify(plan)),
      given('GET', '/api/elsewhere', 404, ''),
      given('POST', '/api/pause', 401, ''),
    ];

    expect(right.map((answer) => undocumented(document, answer))).toEqual(right.map(() => null));
  });
});

function given(method: string, url: string, status: number, text: string): GivenAnswer {
  return { method, url, status, text, headers: new Headers({ 'content-type': 'application/json' }) };
}
