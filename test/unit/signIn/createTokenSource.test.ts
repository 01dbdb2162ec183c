import { createTokenSource, type Fetched } from '../../../shared/signIn/createTokenSource.ts';
import { createFakeClock } from '../../fakes/fakeClock.ts';

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;
const signal = new AbortController().signal;

/** A source before an issuer whose tokens last an hour, on a clock that a test may also set back. */
function sourceUnderTest(options: { fetched?: () => Promise<Fetched>; limitInMs?: number } = {}) {
  const clock = createFakeClock();
  let setBackInMs = 0;
  const now = () => clock.now() - setBackInMs;
  let count = 0;
  const heard: boolean[] = [];
  const source = createTokenSource({
    fetchToken: async () => {
      count += 1;
      const issue = async (): Promise<Fetched> => ({
        ok: true,
        token: `token-${count}`,
        expiresAtMs: now() + HOUR_IN_MS,
      });
      return await (options.fetched ?? issue)();
    },
    clock: { ...clock, now },
    ...(options.limitInMs === undefined ? {} : { limitInMs: options.limitInMs }),
    onAnswer: ({ ok }) => heard.push(ok),
  });
  const get = async (forceRefresh = false) => {
    const answer = await source.getToken({ forceRefresh, signal });
    return answer.ok ? answer.token : answer.failure.code;
  };
  return { clock, get, heard, fetches: () => count, setBack: (byInMs: number) => (setBackInMs += byInMs) };
}

describe('the token of an account', () => {
  test('is fetched once for many callers, and again shortly before it ends', async () => {
    const { get, clock, fetches } = sourceUnderTest();

    await Promise.all(Array.from({ length: 1_000 }, () => get()));
    expect(fetches()).toBe(1);
    await clock.advance(54 * MINUTE_IN_MS);
    expect(await get()).toBe('token-1');
    await clock.advance(2 * MINUTE_IN_MS);
    expect(await get()).toBe('token-2');
  });

  test('is fetched anew, once, where it was refused', async () => {
    const { get, fetches } = sourceUnderTest();
    await get();

    expect(await Promise.all([get(true), get(true), get(true)])).toEqual(['token-2', 'token-2', 'token-2']);
    expect(fetches()).toBe(2);
  });

  test('lasts no longer because the clock was set back', async () => {
    const { get, clock, setBack } = sourceUnderTest();
    await get();
    await clock.advance(MINUTE_IN_MS);
    setBack(HOUR_IN_MS);

    expect(await get()).toBe('token-2');
  });

  test('that a wrong clock takes for over is asked for once, and not by each caller', async () => {
    const past = { ok: true, token: 'over', expiresAtMs: 0 } as const;
    const { get, fetches, clock } = sourceUnderTest({ fetched: async () => past });

    await get();
    await get();
    expect(fetches()).toBe(1);
    await clock.advance(MINUTE_IN_MS);
    await get();
    expect(fetches()).toBe(2);
  });

  test('that could not be had is asked for again by the next caller', async () => {
    const failure = { code: 'entra_unavailable', message: 'x', retryable: true } as const;
    const answers: Fetched[] = [
      { ok: false, failure },
      { ok: true, token: 'at last', expiresAtMs: Number.MAX_SAFE_INTEGER },
    ];
    const { get, heard } = sourceUnderTest({
      fetched: async () => answers.shift() ?? { ok: false, failure },
    });

    expect([await get(), await get()]).toEqual(['entra_unavailable', 'at last']);
    expect(heard).toEqual([false, true]);
  });

  test('whose issuer never answers is given up, and the next caller is not held by it', async () => {
    const never = () => new Promise<Fetched>(() => {});
    const { get, fetches } = sourceUnderTest({ fetched: never, limitInMs: 20 });

    expect([await get(), await get(), fetches()]).toEqual(['entra_unavailable', 'entra_unavailable', 2]);
  });
});
