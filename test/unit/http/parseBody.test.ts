import { MAX_BODY_IN_BYTES, parseBody } from '../../../shared/http/parseBody.ts';
import { pauseRequestSchema, resumeRequestSchema } from '../../../shared/http/requestSchemas.ts';

const NOW_MS = Date.parse('2026-06-01T12:00:00Z');
const ID = 'A0000000-0000-4000-8000-000000000001';
const limits = { impliedAccount: 'default', maxReports: 3, nowMs: NOW_MS };

const bytes = (text: string) => new TextEncoder().encode(text);
const pause = (body: unknown) => parseBody(bytes(JSON.stringify(body)), pauseRequestSchema(limits));
const resume = (body: unknown) => parseBody(bytes(JSON.stringify(body)), resumeRequestSchema(limits));

describe('the body of a pause', () => {
  test('needs ids alone: an open end, the default account, ids in lower case and each once', async () => {
    expect(await pause({ reportIds: [ID, ID.toLowerCase()] })).toMatchObject({
      ok: true,
      value: {
        reports: { kind: 'ids', reportIds: [ID.toLowerCase()] },
        account: 'default',
        untilMs: null,
        reason: expect.any(String),
        requestId: null,
      },
    });
  });

  test('names its account where there are several', async () => {
    const several = pauseRequestSchema({ ...limits, impliedAccount: null });
    const parse = (body: unknown) => parseBody(bytes(JSON.stringify(body)), several);

    expect(await parse({ reportIds: [ID], account: 'partner' })).toMatchObject({ ok: true });
    expect(await parse({ reportIds: [ID] })).toMatchObject({
      answer: {
        status: 400,
        body: { errors: [{ pointer: '/account', message: expect.stringContaining('there are several') }] },
      },
    });
  });

  test.each([
    [{ until: '2026-06-01T14:00:00+01:00' }, 1],
    [{ until: '2026-06-01T13:00:00Z' }, 1],
    [{ duration: 'PT1H' }, 1],
    [{ duration: 'P1DT30M' }, 24.5],
  ])('with %j ends %d hours later', async (end, hours) => {
    expect(await pause({ reportIds: [ID], ...end })).toMatchObject({
      value: { untilMs: NOW_MS + hours * 3_600_000 },
    });
  });

  test('that ends now is refused: an end is in the future', async () => {
    expect(await pause({ reportIds: [ID], until: '2026-06-01T12:00:00Z' })).toMatchObject({ ok: false });
  });

  test('has its reason stripped of control characters', async () => {
    expect(await pause({ reportIds: [ID], reason: 'a\u0000b\nc\u202ed' })).toMatchObject({
      value: { reason: 'a b c d' },
    });
  });
});

describe('the body of a resume', () => {
  test('names reports or a request', async () => {
    expect(await resume({ reportIds: [ID] })).toMatchObject({
      value: {
        target: { kind: 'selected', reports: { kind: 'ids', reportIds: [ID.toLowerCase()] } },
        includeWindows: false,
        takeOver: false,
      },
    });
    expect(await resume({ requestId: 'change-1' })).toMatchObject({
      value: { target: { kind: 'request', requestId: 'change-1' } },
    });
  });

  test('may take over with a reason', async () => {
    expect(await resume({ reportIds: [ID], takeOver: true, reason: 'asked Dana' })).toMatchObject({
      value: { takeOver: true, reason: 'asked Dana' },
    });
    expect(await resume({ reportIds: [ID], takeOver: true, reason: '  ' })).toMatchObject({ ok: false });
  });
});

describe('a body of any kind', () => {
  const schema = pauseRequestSchema(limits);

  test.each([
    ['bytes that are no UTF-8', new Uint8Array([0x22, 0xff, 0xfe, 0x22])],
    ['nothing', new Uint8Array()],
  ])('of %s is not JSON', async (_what, body) => {
    expect(await parseBody(body, schema)).toMatchObject({
      answer: { status: 400, body: { code: 'not_json' } },
    });
  });

  test('that is too large is not even read', async () => {
    expect(await parseBody(new Uint8Array(MAX_BODY_IN_BYTES + 1), schema)).toMatchObject({
      answer: { status: 413 },
    });
    expect(await parseBody(new Uint8Array(MAX_BODY_IN_BYTES), schema)).toMatchObject({
      answer: { status: 400 },
    });
  });

  test('has a prototype in its way: such a key is one that is not known', async () => {
    const answer = await parseBody(bytes(`{"reportIds":["${ID}"],"__proto__":{"account":"x"}}`), schema);

    expect(answer).toMatchObject({ answer: { body: { errors: [{ pointer: '/__proto__' }] } } });
  });

  test('has long keys cut and told as JSON pointers', async () => {
    const answer = await pause({ reportIds: [ID], [`~/${'k'.repeat(200)}`]: 1 });

    expect(answer).toMatchObject({ answer: { body: { errors: [{ pointer: `/~0~1${'k'.repeat(98)}` }] } } });
  });
});
