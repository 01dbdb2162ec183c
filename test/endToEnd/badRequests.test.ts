import type { AppUnderTest } from './appUnderTest.ts';
import { type CloudUnderTest, startCloud } from './cloudUnderTest.ts';
import { reportId } from './emulatorDoor.ts';

jest.setTimeout(60_000);

const id = reportId(1);
const reportIds = [id];
const MEBIBYTE = 1024 * 1024;

type Case = readonly [what: string, path: string, body: unknown, pointers: readonly string[]];

const wrongShapes: readonly Case[] = [
  ['a list instead of an object', '/api/pause', [id], ['']],
  ['text instead of an object', '/api/pause', '"all"', ['']],
  ['null', '/api/pause', 'null', ['']],
  ['nothing in the object', '/api/pause', {}, ['/reportIds']],
  ['ids that are no list', '/api/pause', { reportIds: id }, ['/reportIds']],
  ['an empty list of ids', '/api/pause', { reportIds: [] }, ['/reportIds']],
  ['more ids than MAX_REPORTS_PER_REQUEST', '/api/pause', { reportIds: manyIds(6) }, ['/reportIds']],
  ['ids that are no UUIDs', '/api/pause', { reportIds: [id, 'x', 7] }, ['/reportIds/1', '/reportIds/2']],
  ['a property that is not known', '/api/pause', { reportIds, 'a/b~c': 1 }, ['/a~1b~0c']],
  ['an end in the past', '/api/pause', { reportIds, until: '2020-01-01T00:00:00Z' }, ['/until']],
  ['an end without an offset', '/api/pause', { reportIds, until: '2099-01-01T00:00:00' }, ['/until']],
  [
    'both an end and a duration',
    '/api/pause',
    { reportIds, until: '2099-01-01T00:00:00Z', duration: 'PT1H' },
    ['/duration'],
  ],
  ['a duration that is none', '/api/pause', { reportIds, duration: '4 hours' }, ['/duration']],
  ['a duration of no length', '/api/pause', { reportIds, duration: 'PT0S' }, ['/duration']],
  ['an account that can be none', '/api/pause', { reportIds, account: 'No Account' }, ['/account']],
  ['a reason of 501 characters', '/api/pause', { reportIds, reason: 'x'.repeat(501) }, ['/reason']],
  ['a request id with a space', '/api/pause', { reportIds, requestId: 'a b' }, ['/requestId']],
  [
    'several faults at once',
    '/api/pause',
    { reportIds: ['x'], until: 5, reason: [], more: 1 },
    ['/more', '/reason', '/reportIds/0', '/until'],
  ],
  ['neither ids nor a request', '/api/resume', {}, ['/reportIds']],
  ['both ids and a request', '/api/resume', { reportIds, requestId: 'one' }, ['/reportIds']],
  ['a take-over without a reason', '/api/resume', { reportIds, takeOver: true }, ['/reason']],
  ['a flag that is text', '/api/resume', { reportIds, includeWindows: 'yes' }, ['/includeWindows']],
  ['an end for a resume', '/api/resume', { reportIds, duration: 'PT1H' }, ['/duration']],
];

function manyIds(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => reportId(at + 1));
}

describe('a bad request', () => {
  let cloud: CloudUnderTest;
  let app: AppUnderTest;
  beforeAll(async () => {
    cloud = await startCloud();
    app = await cloud.start({ MAX_REPORTS_PER_REQUEST: '5' });
  });
  afterAll(() => cloud.stop());

  test.each(wrongShapes)(
    'with %s is 400 with the JSON pointer of each fault',
    async (_what, path, body, pointers) => {
      const problem = await app.problem(path, body);

      expect(problem).toMatchObject({ status: 400, code: 'invalid_request_body' });
      expect(problem.errors?.map(({ pointer }) => pointer).sort()).toEqual(pointers);
      expect(problem.errors?.every(({ message }) => message.length > 0)).toBe(true);
    },
  );

  test.each([
    ['no body', ''],
    ['half a body', '{"reportIds": ['],
    ['a body that is no JSON', 'reportIds=all'],
  ])('with %s is 400 and says that it is not JSON', async (_what, body) => {
    for (const path of ['/api/pause', '/api/resume']) {
      expect(await app.problem(path, body)).toMatchObject({ status: 400, code: 'not_json' });
    }
  });

  test.each(['/api/pause', '/api/resume'])('over 1 MB is 413 at %s', async (path) => {
    const body = JSON.stringify({ reportIds, reason: 'x'.repeat(MEBIBYTE) });

    expect(await app.problem(path, body)).toMatchObject({ status: 413, code: 'body_too_large' });
  });

  test('of exactly 1 MB is read', async () => {
    const frame = JSON.stringify({ reportIds, reason: '' }).length;
    const body = JSON.stringify({ reportIds, reason: 'x'.repeat(MEBIBYTE - frame) });

    const problem = await app.problem('/api/pause', body);

    expect(problem.errors?.map(({ pointer }) => pointer)).toEqual(['/reason']);
  });

  test('with a thousand faults names the first fifty', async () => {
    const body = Object.fromEntries(Array.from({ length: 1000 }, (_, at) => [`p${at}`, at]));

    const problem = await app.problem('/api/pause', body);

    expect(problem.errors).toHaveLength(50);
  });

  // Last: it judges all of the above.
  test('sends nothing, asks for no token and leaves nothing behind', async () => {
    expect(await cloud.emulator.requests()).toEqual([]);
    expect(cloud.identity.requests).toEqual([]);

    // A hold that was left in the ledger would pause its report now.
    expect((await app.tick()).hasSucceeded).toBe(true);
    expect(await cloud.emulator.requests()).toEqual([]);
    expect(await cloud.emulator.changes(manyIds(6))).toEqual([]);
  });

  test('shows no token and no key in its answer', () => cloud.expectNothingSecret());
});
