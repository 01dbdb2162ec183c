import { perform, performDry } from '../../../page/acting/perform.ts';
import type { Act } from '../../../page/acting/requests.ts';

const act: Act = { kind: 'end', window: 'nightly', reason: 'done' };
const proof = async () => ({ 'x-functions-key': 'key' });
const working = (done: number) =>
  Response.json({ runId: 'r1', status: 'working', total: 300, done }, { status: 202 });
const ended = (status = 200) => Response.json({ runId: 'r1', status: 'ok', results: [] }, { status });

/** Answers of the app in this order; an error is a connection that is lost. */
function answering(...answers: readonly (Response | Error)[]) {
  const asked: { readonly line: string; readonly key: string | null }[] = [];
  const left = [...answers];
  jest.spyOn(globalThis, 'fetch').mockImplementation(async (url, init) => {
    asked.push({
      line: `${init?.method ?? ''} ${String(url)}`,
      key: new Headers(init?.headers).get('idempotency-key'),
    });
    const answer = left.shift() ?? new Error('nothing more is answered');
    if (answer instanceof Error) throw answer;
    return answer;
  });
  return asked;
}

/** Does it, while time passes at once. */
async function performed() {
  const progress: string[] = [];
  const doing = perform(proof, act, {
    key: 'k1',
    tellProgress: (done, total) => progress.push(`${done}/${total}`),
  });
  await jest.advanceTimersByTimeAsync(120_000);
  return { outcome: await doing, progress };
}

describe('an act that is done', () => {
  beforeEach(() => jest.useFakeTimers());
  afterEach(() => {
    jest.useRealTimers();
    jest.restoreAllMocks();
  });

  test('is waited for to its end, with its progress, also over a lost connection', async () => {
    const asked = answering(working(0), working(200), new Error('lost'), ended(207));

    const { outcome, progress } = await performed();

    expect(outcome).toMatchObject({ kind: 'done', did: { runId: 'r1' } });
    expect(progress).toEqual(['0/300', '200/300']);
    expect(asked.map(({ line }) => line)).toEqual([
      ...['POST /api/windows/nightly/end', 'GET /api/runs/r1', 'GET /api/runs/r1', 'GET /api/runs/r1'],
    ]);
  });

  test('is asked for again by the same key where its answer is lost, and no more than four times', async () => {
    const asked = answering(new Error('lost'), new Response('', { status: 502 }), ended());
    const found = await performed();
    const lost = answering(...Array.from({ length: 9 }, () => new Error('lost')));
    const never = await performed();

    expect(found.outcome.kind).toBe('done');
    expect(asked.map(({ key }) => key)).toEqual(['k1', 'k1', 'k1']);
    expect(never.outcome).toEqual({ kind: 'unreachable' });
    expect(lost.map(({ key }) => key)).toEqual(['k1', 'k1', 'k1', 'k1']);
  });

  test('is told in the words of the app where it is refused, with each fault', async () => {
    answering(
      Response.json(
        {
          title: 'Invalid.',
          code: 'invalid_request_body',
          errors: [{ pointer: '/until', message: 'is over' }],
        },
        { status: 400, headers: { 'content-type': 'application/problem+json' } },
      ),
    );

    expect((await performed()).outcome).toEqual({
      ...{ kind: 'problem', status: 400, code: 'invalid_request_body', title: 'Invalid. until is over.' },
    });
  });

  test('is not done where whoever asks is not known any more', async () => {
    answering(new Response('', { status: 401 }));
    const noProof = await perform(async () => null, act, { key: 'k', tellProgress: () => {} });

    expect((await performed()).outcome).toEqual({ kind: 'signedOut' });
    expect(noProof).toEqual({ kind: 'signedOut' });
  });

  test('says nothing of a key where it is only tried', async () => {
    const asked = answering(ended());
    await performDry(proof, act);

    expect(asked).toEqual([{ line: 'POST /api/windows/nightly/end?dryRun=true', key: null }]);
  });
});
