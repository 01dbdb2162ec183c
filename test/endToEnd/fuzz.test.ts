import { createHash } from 'node:crypto';
import { Agent, request as httpRequest } from 'node:http';
import { z } from 'zod';
import { isLong, seedFor } from '../../build/sample.ts';
import { HOST_BODY_LIMIT_IN_BYTES } from '../../build/settingsDocuments.ts';
import type { AppUnderTest } from './appUnderTest.ts';
import { expectDocumented, type GivenAnswer } from './expectDocumented.ts';
import {
  FUZZ_SECRET,
  type FuzzedRequest,
  fuzzedRequests,
  fuzzSources,
  LATEST_RUN,
} from './fuzzedRequests.ts';
import { startWebhookCloud, type WebhookCloud } from './webhookCloud.ts';

jest.setTimeout(1_800_000);

const COUNT = Number(process.env['FUZZ_COUNT'] ?? (isLong ? 4_000 : 250));
const SEED = Number(process.env['FUZZ_SEED'] ?? seedFor('requests') % 2 ** 31);
const AT_ONCE = 4;
const DEADLINE_IN_MS = 30_000;

const coded = z.looseObject({ code: z.string() }).catch({ code: '' });
const partlyDoneShape = z.looseObject({
  code: z.enum(['no_hold', 'superseded', 'partial']),
  run: z.looseObject({ correlationId: z.string() }),
});
const correlated = z.looseObject({ correlationId: z.string(), runId: z.string() });
const token = createHash('sha256').update(FUZZ_SECRET).digest('hex');
const fields = {
  action: { pointer: '/action' },
  reportIds: { pointer: '/reportIds' },
  until: { pointer: '/until' },
  key: { pointer: '/key' },
};
const sources = fuzzSources.map((kind) => ({
  ...{
    name: kind.toLowerCase(),
    kind,
    secretName: kind === 'standard' ? 'signing' : 'token',
    reports: { all: true },
  },
  ...{ ratePerMinute: 6000 },
  ...(kind === 'generic' ? { authentication: { type: 'token' }, fields } : {}),
  ...(kind === 'cloudEvents' ? { allowedOrigins: ['a.example'] } : {}),
}));

describe(`${COUNT} requests that nobody should send (FUZZ_SEED=${SEED})`, () => {
  let cloud: WebhookCloud;
  let app: AppUnderTest;
  const agent = new Agent({ keepAlive: true, maxSockets: AT_ONCE });
  beforeAll(async () => {
    cloud = await startWebhookCloud(sources, { signing: FUZZ_SECRET, token });
    app = await cloud.startApp(0, { RUN_TIME_BUDGET_SECONDS: '25' });
  });
  afterAll(async () => {
    agent.destroy();
    await cloud?.stop();
  });

  test('are each answered in time, as the document says, without an error of ours, and those refused do nothing', async () => {
    let latestRun = LATEST_RUN;
    const wrong: string[] = [];
    const statuses: Record<string, number> = {};
    const mayChange = new Set<string>();
    const tell = (at: number, sent: FuzzedRequest, what: string) =>
      wrong.push(
        `#${at} ${what}: ${JSON.stringify({ ...sent, body: sent.body?.toString('latin1') }).slice(0, 1500)}`,
      );

    const waiting = fuzzedRequests(SEED, COUNT).entries();
    const work = async () => {
      for (const [at, sent] of waiting) {
        const path = sent.path.replace(LATEST_RUN, latestRun);
        const answer = await send(app.host.url, agent, { ...sent, path });
        if (typeof answer === 'string') {
          tell(at, sent, answer);
          continue;
        }
        statuses[answer.status] = (statuses[answer.status] ?? 0) + 1;
        if (answer.status >= 500 && !isAskedFor(sent, answer.text)) {
          tell(at, sent, `${answer.status} ${answer.text.slice(0, 500)}`);
        }
        if (
          answer.status === 413 &&
          answer.text === '' &&
          (sent.body?.byteLength ?? 0) <= HOST_BODY_LIMIT_IN_BYTES
        ) {
          tell(at, sent, 'the host refused what is below its limit');
        }
        // The page and its files are for browsers.
        const isJson = /\bjson\b/.test(answer.headers.get('content-type') ?? '');
        const told: unknown = isJson ? JSON.parse(answer.text) : null;
        const run = correlated.safeParse(told);
        if (answer.status < 300) {
          mayChange.add(sent.correlationId).add(run.data?.correlationId ?? sent.correlationId);
          latestRun = run.data?.runId ?? latestRun;
        }
        // It came too late for itself and yet did what others had asked for, or it did a part, which its caller calls an error.
        const partlyDone = partlyDoneShape.safeParse(told);
        if (partlyDone.success) {
          mayChange.add(partlyDone.data.run.correlationId);
        }
        try {
          await expectDocumented(answer);
        } catch (error) {
          tell(at, sent, String(error));
        }
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, work));

    expect(wrong).toEqual([]);
    // So that the generator cannot come to make nothing but what the first check refuses.
    expect(Object.keys(statuses)).toEqual(
      expect.arrayContaining(['200', '400', '401', '404', ...(isLong ? ['202', '413', '422'] : [])]),
    );
    const puts = (await cloud.emulator.requests()).filter(({ method }) => method === 'PUT');
    expect(puts.length).toBeGreaterThan(0);
    expect(puts.filter(({ headers }) => !mayChange.has(String(headers['ms-correlationid'])))).toEqual([]);
  });

  // After all of the above.
  test('leave an app that is well, and no line of a failure', async () => {
    const { status } = await app.call('GET', '/api/health', { key: null });
    const bad = app.host.logs.filter(({ message }) =>
      /unhandled|UnhandledPromise|\(Failed, |Error: |TypeError|RangeError|at .*service\.cjs/i.test(message),
    );

    expect(status).toBe(200);
    expect(bad).toEqual([]);
  });

  test('leave no key, token or secret in an answer or a line', () => {
    cloud.expectNothingSecret();
    cloud.expectNowhere([FUZZ_SECRET, token]);
  });
});

/**
 * True for the errors that callers bring upon themselves: one who wants an error where a part is not done, and one who
 * adopts, or has an account relearned, while another request is at work. Those who only look wait behind all changes of the
 * others, and are told where their turn does not come in time.
 */
function isAskedFor({ path }: FuzzedRequest, text: string): boolean {
  const { code } = coded.parse(JSON.parse(text));
  return (
    (code === 'partial' && path.includes('failOnPartial=true')) ||
    (code === 'account_busy' && /^\/api\/(adopt|accounts\/)/.test(path)) ||
    (code !== 'partial' &&
      text.includes('"deadline_too_near"') &&
      /^\/api\/(reports|plan|windows)\b/.test(path))
  );
}

/** The answer, or what went wrong instead. */
function send(base: string, agent: Agent, request: FuzzedRequest): Promise<GivenAnswer | string> {
  const { method, path, headers, body } = request;
  return new Promise<GivenAnswer | string>((resolve) => {
    const sent = httpRequest(
      `${base}/`,
      { method, path, agent, headers: { ...headers, 'content-length': String(body?.length ?? 0) } },
      (response) => {
        const chunks: Buffer[] = [];
        response
          .on('data', (chunk: Buffer) => chunks.push(chunk))
          .on('end', () => {
            clearTimeout(timer);
            const given = Object.entries(response.headers).flatMap(([name, value]) =>
              typeof value === 'string' ? [[name, value] as [string, string]] : [],
            );
            const text = Buffer.concat(chunks).toString('utf8');
            resolve({
              method,
              url: path,
              status: response.statusCode ?? 0,
              headers: new Headers(given),
              text,
            });
          })
          .on('error', (error) => resolve(`the answer broke off: ${error.message}`));
      },
    );
    const timer = setTimeout(() => {
      resolve(`no answer within ${DEADLINE_IN_MS} ms`);
      sent.destroy();
    }, DEADLINE_IN_MS);
    sent.on('error', (error) => {
      clearTimeout(timer);
      // The host closed a connection that was kept, as after a body that it did not read: it was asked nothing.
      const wasClosed = 'code' in error && (error.code === 'ECONNRESET' || error.code === 'EPIPE');
      resolve(wasClosed && sent.reusedSocket ? send(base, agent, request) : `no answer: ${error.message}`);
    });
    sent.end(body ?? undefined);
  });
}
