import { once } from 'node:events';
import { createServer } from 'node:http';
import { compose } from '../../../shared/composition/compose.ts';
import { answer as answerHealth } from '../../../shared/routes/health.ts';
import { answer as answerHealthDetails } from '../../../shared/routes/healthDetails.ts';
import { answer as answerRunStatus } from '../../../shared/routes/runStatus.ts';

const RUN_ID = '11111111-2222-4333-8444-555555555555';

/** An app whose storage answers 404 to everything, and counts how often it is asked. */
async function appThatCounts() {
  let requests = 0;
  const server = createServer((_request, response) => {
    requests += 1;
    response.writeHead(404, { 'x-ms-error-code': 'BlobNotFound' }).end();
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  const origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/account`;
  const endpoints = ['Blob', 'Table', 'Queue'].map((kind) => `${kind}Endpoint=${origin}`).join(';');
  let nowMs = Date.parse('2026-06-01T00:00:00Z');
  const composed = compose(
    {
      TENANT_ID: '10000000-0000-4000-8000-000000000001',
      WINDOWS_BLOB: 'windows/windows.json',
      AzureWebJobsStorage: `DefaultEndpointsProtocol=http;AccountName=account;AccountKey=a2V5;${endpoints}`,
    },
    { clock: { now: () => nowMs, sleep: async () => {} }, random: () => 0.5 },
  );
  if (!composed.ok) throw new Error(JSON.stringify(composed.problems));
  return {
    composed,
    requests: () => requests,
    pass: (inMs: number) => {
      nowMs += inMs;
    },
    stop: () => {
      server.closeAllConnections();
      server.close();
    },
  };
}

describe('what anybody may ask', () => {
  let app: Awaited<ReturnType<typeof appThatCounts>>;
  beforeEach(async () => {
    app = await appThatCounts();
  });
  afterEach(() => app.stop());

  test('is answered from storage twice a minute, however often health is asked for', async () => {
    for (let second = 0; second < 60; second += 1) {
      const answers = await Promise.all(Array.from({ length: 20 }, () => answerHealth(app.composed)));
      expect(answers.map(({ status }) => status)).toEqual(new Array(20).fill(503));
      app.pass(1_000);
    }

    expect(app.requests()).toBe(2);
  });

  test('health with details, which wants a key, looks each time: the windows, and the two tables of the ledger', async () => {
    const url = new URL('http://localhost/api/health/details');
    for (let time = 0; time < 3; time += 1)
      await answerHealthDetails(app.composed, { url, header: () => null });

    expect(app.requests()).toBe(3 * 3);
  });

  test('health with details tells a ledger that cannot be read, and all else beside', async () => {
    const url = new URL('http://localhost/api/health/details');

    const { body: details } = await answerHealthDetails(app.composed, { url, header: () => null });

    expect(details).toMatchObject({
      problems: expect.arrayContaining([
        expect.objectContaining({ code: 'windows_unreadable' }),
        expect.objectContaining({
          name: 'AzureWebJobsStorage',
          code: 'ledger_unavailable',
          severity: 'warning',
        }),
      ]),
      timeZoneData: expect.any(String),
    });
    expect(details).not.toHaveProperty('learned');
  });

  test.each(['', 'x', 'x'.repeat(42), `${'x'.repeat(42)}!`])(
    'costs no storage where a run is asked for by the token %j, which can be none',
    async (token) => {
      const url = new URL(`http://localhost/api/runs/${RUN_ID}/status`);
      url.searchParams.set('token', token);
      const quiet = { info: () => {}, warn: () => {}, error: () => {} };
      const caller = { id: 'anybody', name: null, roles: [] };
      const request = { url, body: new Uint8Array(), header: () => null, teller: quiet, caller };

      expect(await answerRunStatus(app.composed, request, { runId: RUN_ID })).toMatchObject({ status: 404 });
      expect(app.requests()).toBe(0);
    },
  );
});
