import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { AzureNamedKeyCredential, TableClient } from '@azure/data-tables';
import { type DependencyCall, noTelemetry } from '../../shared/telemetry/telemetry.ts';
import { currentTrace, inSilence, inTrace } from '../../shared/telemetry/trace.ts';
import { watchAzureSdks } from '../../shared/telemetry/watchAzureSdks.ts';
import { watchFetch } from '../../shared/telemetry/watchFetch.ts';
import { systemClock } from '../../shared/time/clock.ts';

const place = { traceId: 'a'.repeat(32), spanId: 'b'.repeat(16), operationName: 'tick', invocationId: 'i' };
const ID = 'a0000000-0000-4000-8000-000000000001';

/** What leaves this process by the libraries of others, as telemetry hears of it. */
describe('calls that we do not make ourselves', () => {
  const heard: (Pick<DependencyCall, 'name' | 'resultCode' | 'success'> & {
    service: unknown;
    traceId: unknown;
  })[] = [];
  const headers: IncomingHttpHeaders[] = [];
  let server: Server;
  let origin: string;
  beforeAll(async () => {
    const telemetry = {
      ...noTelemetry,
      dependency: ({ name, resultCode, success, properties }: DependencyCall) => {
        heard.push({
          ...{ name, resultCode, success },
          service: properties['service'],
          traceId: currentTrace()?.traceId,
        });
      },
    };
    watchAzureSdks(telemetry, systemClock);
    watchFetch(telemetry, systemClock);
    server = createServer((request, response) => {
      headers.push(request.headers);
      if (request.url === '/hangUp') {
        request.socket.destroy();
        return;
      }
      const status = request.url?.includes('refused') ? 403 : request.url?.includes('Taken') ? 409 : 200;
      response.writeHead(status, { 'content-type': 'application/json' }).end('{}');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const address = server.address();
    origin = `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}`;
  });
  beforeEach(() => {
    heard.length = 0;
    headers.length = 0;
  });
  afterAll(() => {
    server.closeAllConnections();
    server.close();
  });

  const table = (path: string, name = 'Things') =>
    new TableClient(`${origin}${path}`, name, new AzureNamedKeyCredential('devstoreaccount1', 'a2V5'), {
      allowInsecureConnection: true,
      retryOptions: { maxRetries: 0 },
    });

  test('by fetch are heard of once each, in the place of the trace that they were made in', async () => {
    await inTrace(place, () =>
      fetch(`${origin}/${ID}/oauth2/v2.0/token?client_secret=x`, { method: 'POST' }),
    );
    await fetch(`${origin}/refused`);
    // Takes the connection and closes it.
    await fetch(`${origin}/hangUp`).catch(() => {});

    expect(heard).toEqual([
      {
        ...{ name: 'POST /{id}/oauth2/v2.0/token', resultCode: '200', success: true },
        ...{ service: 'entra', traceId: place.traceId },
      },
      { name: 'GET /refused', resultCode: '403', success: false, service: 'other', traceId: undefined },
      { name: 'GET /hangUp', resultCode: 'unanswered', success: false, service: 'other', traceId: undefined },
    ]);
  });

  test('by an SDK to our own storage are heard of, and take the trace along', async () => {
    await inTrace(place, () => table('/devstoreaccount1').getEntity('p', 'r'));

    expect(heard).toEqual([
      {
        ...{ name: 'GET /Things()', resultCode: '200', success: true },
        ...{ service: 'storage', traceId: place.traceId },
      },
    ]);
    expect(headers[0]?.['traceparent']).toMatch(new RegExp(`^00-${place.traceId}-[0-9a-f]{16}-01$`));
  });

  test('to anybody else take no trace along', async () => {
    await inTrace(place, () => table('/elsewhere').getEntity('p', 'r'));

    expect(heard).toHaveLength(1);
    expect(headers[0]?.['traceparent']).toBeUndefined();
  });

  test('are no failure where storage says that it is there already, and one where it refuses', async () => {
    await inTrace(place, () => table('/devstoreaccount1', 'Taken').getEntity('p', 'r')).catch(() => {});
    await inTrace(place, () => table('/devstoreaccount1', 'refused').getEntity('p', 'r')).catch(() => {});

    expect(heard.map(({ resultCode, success }) => [resultCode, success])).toEqual([
      ['409', true],
      ['403', false],
    ]);
  });

  test('are not heard of while telemetry itself is sent', async () => {
    await inSilence(() => table('/devstoreaccount1').getEntity('p', 'r'));

    expect(heard).toEqual([]);
  });
});
