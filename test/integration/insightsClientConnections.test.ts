import { gzipSync } from 'node:zlib';
import type { ChangeAnswer, ChangeHooks } from '../../shared/insights/insightsClient.ts';
import { systemTimer } from '../../shared/insights/startTimer.ts';
import { createFakeClock } from '../fakes/fakeClock.ts';
import {
  cut,
  hang,
  json,
  type Reply,
  type ScriptedService,
  startScriptedService,
} from '../fakes/scriptedService.ts';
import { clientUnderTest } from './insightsClientUnderTest.ts';

const id = '3f0c1b8e-0000-4000-8000-00000000000a';
const report = { reportId: id, reportName: 'a', reportStatus: 'Active' };
const found = json(200, { value: [report], totalCount: 1, statusCode: 200 });

/** Every page has another one. */
function endless(): Reply {
  let page = 0;
  return (request, response) => {
    page += 1;
    json(200, { value: [report], nextLink: `?page=${page}`, statusCode: 200 })(request, response);
  };
}

const stops: (() => unknown)[] = [];
afterEach(async () => {
  for (const stop of stops.splice(0)) await stop();
});

async function service(...script: Reply[]): Promise<ScriptedService> {
  const started = await startScriptedService(script);
  stops.push(started.close);
  return started;
}

function clientOf(options: Parameters<typeof clientUnderTest>[0]) {
  const made = clientUnderTest(options);
  stops.push(made.client.close);
  return made;
}

const noHooks: ChangeHooks = { beforePut: async () => true, afterPut: () => {} };

/** A change tells its failure beside what it sent. */
function changed({ sent, failure }: ChangeAnswer) {
  return { ok: sent !== null, failure };
}

describe('the token', () => {
  test('never follows a redirect to another host', async () => {
    const elsewhere = await service(found);
    const redirecting = await service((_, response) => {
      response.writeHead(307, { Location: `${elsewhere.url}/insights/v1/mpn/ScheduledReport` });
      response.end();
    });
    const { client, context } = clientOf({
      origin: redirecting.url,
      allowedHosts: [redirecting.host, elsewhere.host],
    });
    const answer = await client.get(id, context());
    expect(answer).toMatchObject({ ok: false, failure: { code: 'unexpected_answer', httpStatus: 307 } });
    expect(elsewhere.seen).toEqual([]);
    expect(redirecting.seen).toHaveLength(1);
  });

  test('never follows a next page to another host, and the list is not taken for whole', async () => {
    const elsewhere = await service(found);
    const nextLink = `${elsewhere.url}/insights/v1/mpn/ScheduledReport?page=2`;
    const own = await service(json(200, { value: [report], nextLink, statusCode: 200 }));
    const { client, context } = clientOf({ origin: own.url, allowedHosts: [own.host, elsewhere.host] });
    const answer = await client.list({}, context());
    expect(answer).toMatchObject({ ok: false, failure: { code: 'foreign_origin' } });
    expect(elsewhere.seen).toEqual([]);
  });

  test('is not even asked for where the account’s address is no Partner Center host', async () => {
    const own = await service(found);
    const { client, context, refreshes } = clientOf({ origin: own.url, allowedHosts: [] });
    const answers = [
      await client.get(id, context()),
      await client.list({}, context()),
      changed(await client.change('pause', id, context(), noHooks)),
      await client.executions([id], {}, context()),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: false, failure: { code: 'foreign_origin', attempts: 0 } });
    }
    expect([own.seen, refreshes]).toEqual([[], []]);
  });

  test('does not show in a failure, even where the service repeats it', async () => {
    const own = await service(json(400, { message: 'Bearer top-secret is refused', statusCode: 400 }));
    const { client, context } = clientOf({ origin: own.url, token: 'top-secret' });
    const answer = await client.get(id, context());
    expect(answer.ok).toBe(false);
    expect(JSON.stringify(answer)).not.toContain('top-secret');
  });

  test('goes through no proxy of the environment', async () => {
    const proxy = await service(found);
    const own = await service(found);
    const environment: { http_proxy?: string; no_proxy?: string; NO_PROXY?: string } = process.env;
    const before = { ...environment };
    Object.assign(environment, { http_proxy: proxy.url, no_proxy: '', NO_PROXY: '' });
    try {
      const { client, context } = clientOf({ origin: own.url });
      expect((await client.get(id, context())).ok).toBe(true);
    } finally {
      for (const name of ['http_proxy', 'no_proxy', 'NO_PROXY'] as const) {
        const value = before[name];
        if (value === undefined) delete environment[name];
        else environment[name] = value;
      }
    }
    expect(proxy.seen).toEqual([]);
  });
});

describe('an id', () => {
  test('that is no UUID never reaches the network', async () => {
    const own = await service(found);
    const { client, context } = clientOf({ origin: own.url });
    const answers = [
      await client.get('../pause', context()),
      changed(await client.change('pause', 'x', context(), noHooks)),
      changed(await client.change('resume', `${id};${id}`, context(), noHooks)),
      await client.executions([id, 'x'], {}, context()),
    ];
    for (const answer of answers) {
      expect(answer).toMatchObject({ ok: false, failure: { code: 'invalid_report_id', attempts: 0 } });
    }
    expect(own.seen).toEqual([]);
  });
});

describe('a list', () => {
  test('over several pages is one list, each report once and as it was seen last', async () => {
    const own = await service(
      json(200, { value: [report], nextLink: '?page=2', statusCode: 200 }),
      json(200, { Value: [{ ...report, reportStatus: 'Paused' }, { reportId: 'broken' }], StatusCode: 200 }),
    );
    const { client, context } = clientOf({ origin: own.url });
    const answer = await client.list({ reportName: 'a b&c' }, context());
    expect(answer).toMatchObject({ ok: true, attempts: 2, unreadableItems: 1 });
    expect(answer.ok && answer.value.map(({ reportStatus }) => reportStatus)).toEqual(['Paused']);
    expect(own.seen.map(({ path }) => path)).toEqual([
      '/insights/v1/mpn/ScheduledReport?reportName=a+b%26c',
      '/insights/v1/mpn/ScheduledReport?page=2',
    ]);
  });

  test.each<[string, Reply, number]>([
    [
      'goes in a circle',
      json(200, { value: [report], nextLink: '/insights/v1/mpn/ScheduledReport', statusCode: 200 }),
      1,
    ],
    ['never ends', endless(), 5],
    ['holds too much', json(200, { value: Array.from({ length: 50 }, () => report) }), 1],
    ['is empty but claims otherwise', json(200, { value: [], totalCount: 3, statusCode: 200 }), 1],
    ['is no list', json(200, { message: 'fine', statusCode: 200 }), 1],
  ])('that %s is a failure, never a shorter list', async (_, reply, pages) => {
    const own = await service(reply);
    const { client, context } = clientOf({ origin: own.url, limits: { maxPages: 5, maxItems: 40 } });
    const answer = await client.list({}, context());
    expect(answer).toMatchObject({ ok: false, failure: { code: 'unexpected_answer' } });
    expect(own.seen).toHaveLength(pages);
  });

  test('that breaks off with a 404 on a later page is a failure', async () => {
    const own = await service(
      json(200, { value: [report], nextLink: '?page=2', statusCode: 200 }),
      json(404, { value: [], message: 'No item found with given filters.', statusCode: 404 }),
    );
    const { client, context } = clientOf({ origin: own.url });
    expect(await client.list({}, context())).toMatchObject({
      ok: false,
      failure: { code: 'unexpected_answer', attempts: 2 },
    });
  });

  test.each<[string, Reply]>([
    [
      'the service’s 404',
      json(404, { value: [], message: 'No item found with given filters.', statusCode: 404 }),
    ],
    ['an empty value', json(200, { value: [], totalCount: 0, statusCode: 200 })],
    ['no value and a count of none', json(200, { value: null, totalCount: 0, statusCode: 200 })],
  ])('answered by %s is empty', async (_, reply) => {
    const own = await service(reply);
    const { client, context } = clientOf({ origin: own.url });
    expect(await client.list({}, context())).toMatchObject({ ok: true, value: [] });
  });

  test('is never empty because the gateway does not know the address', async () => {
    const own = await service(json(404, { statusCode: 404, message: 'Resource not found' }));
    const { client, context } = clientOf({ origin: own.url });
    expect(await client.list({}, context())).toMatchObject({
      ok: false,
      failure: { code: 'endpoint_not_found' },
    });
  });
});

describe('a report', () => {
  test('is only called missing where the service says so', async () => {
    const other = { ...report, reportId: '3f0c1b8e-0000-4000-8000-00000000000b' };
    for (const [body, code] of [
      [{ value: [], totalCount: 0, statusCode: 200 }, 'not_found'],
      [{ value: [other], statusCode: 200 }, 'unexpected_answer'],
      [{ value: [{ ...report, reportStatus: 'Unheard' }], statusCode: 200 }, 'unexpected_answer'],
      [{ value: [], totalCount: 1, statusCode: 200 }, 'unexpected_answer'],
      [{ statusCode: 200 }, 'unexpected_answer'],
    ]) {
      const own = await service(json(200, body));
      const { client, context } = clientOf({ origin: own.url });
      expect(await client.get(id, context())).toMatchObject({ ok: false, failure: { code } });
    }
  });
});

describe('a damaged answer', () => {
  test.each<[string, Reply]>([
    ['cut off before anything', cut],
    [
      'cut off in its middle',
      (_, response) => {
        response.writeHead(200, { 'Content-Length': '5000' });
        response.write('{"value":[');
        setImmediate(() => response.socket?.destroy());
      },
    ],
    [
      'shorter than JSON',
      (_, response) => {
        response.end('{"value":[{"reportId"');
      },
    ],
    [
      'not what its encoding says',
      (_, response) => {
        response.writeHead(200, { 'Content-Encoding': 'gzip' });
        response.end('no gzip');
      },
    ],
    ['a gateway’s page', (_, response) => void response.writeHead(502).end('<html>Bad Gateway</html>')],
  ])('%s is asked for again', async (_, reply) => {
    const own = await service(reply, found);
    const { client, context } = clientOf({ origin: own.url });
    expect(await client.get(id, context())).toMatchObject({ ok: true, attempts: 2 });
  });

  test('compressed ones are read', async () => {
    const body = gzipSync(JSON.stringify({ value: [report], statusCode: 200 }));
    const own = await service(
      (_, response) => void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(body),
    );
    const { client, context } = clientOf({ origin: own.url });
    expect((await client.get(id, context())).ok).toBe(true);
  });

  test.each<[string, Reply]>([
    ['as it is', (_, response) => void response.end('x'.repeat(200_000))],
    [
      'compressed',
      (_, response) =>
        void response.writeHead(200, { 'Content-Encoding': 'gzip' }).end(gzipSync('x'.repeat(200_000))),
    ],
  ])('one that is too large is dropped (%s)', async (_, reply) => {
    const own = await service(reply);
    const { client, context } = clientOf({ origin: own.url, limits: { maxBodyInBytes: 100_000 } });
    expect(await client.get(id, context())).toMatchObject({
      ok: false,
      failure: { code: 'unexpected_answer', attempts: 1, message: 'No answer: answer too large' },
    });
  });
});

describe('time', () => {
  test('a service that does not answer costs one attempt’s limit each, then the call fails', async () => {
    const own = await service(hang);
    const { client, context } = clientOf({
      origin: own.url,
      limits: { attemptInMs: 30, minAttemptInMs: 1, maxAttempts: 2 },
      startTimer: systemTimer,
    });
    expect(await client.get(id, context())).toMatchObject({
      ok: false,
      failure: { code: 'timeout', attempts: 2, retryable: true },
    });
  });

  test('nothing is sent with too little time left', async () => {
    const own = await service(found);
    const { client, clock, context } = clientOf({ origin: own.url });
    const answer = await client.get(id, context({ deadlineMs: clock.now() + 999 }));
    expect(answer).toMatchObject({ ok: false, failure: { code: 'deadline_too_near', attempts: 0 } });
    expect(own.seen).toEqual([]);
  });

  test('no wait begins that would end after the deadline', async () => {
    const own = await service(json(503, {}, { 'Retry-After': '60' }));
    const { client, clock, sleeps, context } = clientOf({ origin: own.url });
    const answer = await client.get(id, context({ deadlineMs: clock.now() + 50_000 }));
    expect(answer).toMatchObject({ ok: false, failure: { code: 'upstream_unavailable', attempts: 1 } });
    expect(sleeps).toEqual([]);
  });

  test('an abort ends a request under way at once', async () => {
    const own = await service(hang);
    const { client, context } = clientOf({ origin: own.url });
    const stop = new AbortController();
    const [answer] = await Promise.all([
      client.get(id, context({ signal: stop.signal })),
      own.nextRequest().then(() => stop.abort()),
    ]);
    expect(answer).toMatchObject({ ok: false, failure: { code: 'aborted', attempts: 1 } });
  });

  test('an abort ends a wait between attempts at once', async () => {
    const own = await service(json(503, {}, { 'Retry-After': '60' }));
    const clock = createFakeClock();
    const { client, context } = clientOf({ origin: own.url, clock });
    const stop = new AbortController();
    const call = client.get(id, context({ signal: stop.signal }));
    while (clock.sleeping() === 0) await clock.advance(0);
    stop.abort();
    expect(await call).toMatchObject({ ok: false, failure: { code: 'aborted' } });
    expect(clock.sleeping()).toBe(0);
  });

  test('an abort ends a wait for the token at once', async () => {
    const own = await service(found);
    const stop = new AbortController();
    const { client, context } = clientOf({
      origin: own.url,
      token: () => {
        stop.abort();
        return new Promise(() => {});
      },
    });
    const answer = await client.get(id, context({ signal: stop.signal }));
    expect(answer).toMatchObject({ ok: false, failure: { code: 'aborted', attempts: 0 } });
  });
});

describe('signing in', () => {
  test('that fails is told and nothing is sent', async () => {
    const own = await service(found);
    const message = 'AADSTS50076\nuse MFA, client_secret=top-secret';
    const failure = { code: 'mfa_required', message, retryable: false } as const;
    const { client, context } = clientOf({ origin: own.url, token: () => ({ ok: false, failure }) });
    expect(await client.get(id, context())).toMatchObject({
      ok: false,
      failure: {
        ...{ code: 'mfa_required', attempts: 0, retryable: false },
        message: 'AADSTS50076 use MFA, client_secret=[secret]',
      },
    });
    expect(own.seen).toEqual([]);
  });

  test('that throws is told without what was thrown', async () => {
    const own = await service(found);
    const { client, context } = clientOf({
      origin: own.url,
      token: () => Promise.reject(new Error('refresh_token=top-secret')),
    });
    const answer = await client.get(id, context());
    expect(answer).toMatchObject({ ok: false, failure: { code: 'sign_in_failed' } });
    expect(JSON.stringify(answer)).not.toContain('top-secret');
  });
});
