import { z } from 'zod';
import { adoptRequestSchema } from '../../../shared/http/adoptRequestSchema.ts';
import { boundedList, MAX_FAULTS } from '../../../shared/http/boundedList.ts';
import { parseBody } from '../../../shared/http/parseBody.ts';
import { pauseRequestSchema, resumeRequestSchema } from '../../../shared/http/requestSchemas.ts';
import { JSON_BOUNDS } from '../../../shared/wire/readJson.ts';

const MEBIBYTE = 1024 * 1024;
const limits = { impliedAccount: 'default', maxReports: 10_000, nowMs: Date.parse('2026-06-01T12:00:00Z') };
const bytes = (text: string) => new TextEncoder().encode(text);

afterEach(() => jest.restoreAllMocks());

/** A list of numbers that ought to be lists of something else, and how many of its items were looked at. */
function countingList() {
  let looks = 0;
  const item = z.number().refine(() => {
    looks += 1;
    return false;
  }, 'is wrong');
  const list = boundedList(item, { max: 10_000, isNone: 'none', isEmpty: 'empty', isLonger: 'longer' });
  return { schema: z.strictObject({ list }), looks: () => looks };
}

describe('of a list that a caller sends', () => {
  test('no item is looked at where it is too long', async () => {
    const { schema, looks } = countingList();

    const parsed = await schema.safeParseAsync({ list: new Array<number>(524_000).fill(0) });

    expect(parsed.error?.issues).toMatchObject([{ path: ['list'], message: 'longer' }]);
    expect(looks()).toBe(0);
  });

  test('no more items are looked at than faults are told, where all are wrong', async () => {
    const { schema, looks } = countingList();

    const parsed = await schema.safeParseAsync({ list: new Array<number>(10_000).fill(0) });

    expect(parsed.error?.issues).toHaveLength(MAX_FAULTS);
    expect(looks()).toBe(MAX_FAULTS);
  });
});

const wide = (item: string) => `[${`${item},`.repeat(MEBIBYTE / (item.length + 1) - 60)}${item}]`;

describe('a body of a mebibyte', () => {
  const schemas = {
    pause: pauseRequestSchema(limits),
    resume: resumeRequestSchema(limits),
    adopt: adoptRequestSchema(limits),
  };
  const distinct = (count: number, close: (key: string) => string) =>
    Array.from({ length: count }, (_, at) => close(at.toString(36).padStart(4, 'k'))).join(',');

  test.each([
    ['of numbers', `{"reportIds":${wide('0')}}`, 'values'],
    ['of empty lists', `{"reportIds":${wide('[]')}}`, 'values'],
    ['of empty objects', `{"reportIds":${wide('{}')}}`, 'values'],
    ['of keys', `{${distinct(80_000, (key) => `"${key}":0`)}}`, 'members'],
    ['of objects that are all different', `[${distinct(40_000, (key) => `{"${key}":0}`)}]`, 'members'],
    ['of lists in one another', `${'['.repeat(MEBIBYTE / 2)}${']'.repeat(MEBIBYTE / 2)}`, 'depth'],
    ['of objects in one another', `${'{"a":'.repeat(150_000)}1${'}'.repeat(150_000)}`, 'depth'],
  ] as const)('%s is not parsed, and the answer names the bound', async (_what, body, bound) => {
    const parse = jest.spyOn(JSON, 'parse');

    for (const schema of Object.values(schemas)) {
      expect(await parseBody<unknown>(bytes(body), schema)).toMatchObject({
        answer: {
          status: 413,
          body: { code: 'body_too_complex', title: expect.stringContaining(String(JSON_BOUNDS[bound])) },
        },
      });
    }
    expect(parse).not.toHaveBeenCalled();
  });

  test('that is longer is neither decoded nor parsed', async () => {
    const parse = jest.spyOn(JSON, 'parse');
    const decode = jest.spyOn(TextDecoder.prototype, 'decode');

    await parseBody<unknown>(new Uint8Array(MEBIBYTE + 1), schemas.pause);

    expect(parse).not.toHaveBeenCalled();
    expect(decode).not.toHaveBeenCalled();
  });

  test('of as many bad ids as one request may name tells the first fifty', async () => {
    const body = `{"reportIds":[${'0,'.repeat(9_999)}0]}`;

    const parsed = await parseBody<unknown>(bytes(body), schemas.pause);

    expect(parsed).toMatchObject({ answer: { status: 400, body: { code: 'invalid_request_body' } } });
    expect(parsed).toHaveProperty('answer.body.errors.length', MAX_FAULTS);
    expect(parsed).toHaveProperty('answer.body.errors.49.pointer', '/reportIds/49');
  });

  test('that is a text with every sign of JSON in it is one value', async () => {
    const reason = '[{,:"\\\\}]'.repeat(50_000);
    const parsed = await parseBody<unknown>(bytes(JSON.stringify({ reportIds: [], reason })), schemas.pause);

    expect(parsed).toMatchObject({ answer: { status: 400, body: { code: 'invalid_request_body' } } });
  });

  test('of adoptions is read whole', async () => {
    const id = (at: number) => `a0000000-0000-4000-8000-${String(at).padStart(12, '0')}`;
    const pause = { pausedAtUtc: '2026-05-01T00:00:00Z', modifiedTime: '2026-05-01T00:00:00Z' };
    const pauses = Array.from({ length: 4_500 }, (_, at) => ({
      ...{
        reportId: id(at),
        ...pause,
        contents:
          'reportname=00000000;description=00000000;starttime=00000000;endtime=00000000;format=00000000',
      },
    }));
    const body = bytes(JSON.stringify({ reason: 'the ledger is lost', pauses }));

    expect(body.byteLength).toBeGreaterThan(MEBIBYTE * 0.9);
    expect(await parseBody(body, schemas.adopt)).toMatchObject({ ok: true });
  });
});
