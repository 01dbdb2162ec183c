import { saysMfa } from '../../../shared/consent/judgeTokens.ts';
import { tryToken } from '../../../shared/consent/tryToken.ts';
import { createWorld } from '../../requests/world.ts';

/** Partner Center says whether a token carries MFA where it is asked by the header `ValidateMfa`; null is an answer without it. */
function worldWhereMfaIs(told: 'true' | 'false' | null) {
  const world = createWorld({ reports: 1, startMs: Date.parse('2026-03-01T05:55:00Z') });
  const { send } = world.insights;
  world.insights.send = async (name, request) => {
    const exchange = await send(name, request);
    const isSaid = exchange.kind === 'answered' && request.headers['ValidateMfa'] === 'true' && told !== null;
    return isSaid
      ? { ...exchange, headers: new Map([...exchange.headers, ['ismfacompliant', told]]) }
      : exchange;
  };
  return { world, process: world.startProcess('one') };
}

describe('a token that says nothing of MFA', () => {
  const tryWhere = async (told: 'true' | 'false' | null) => {
    const { world, process } = worldWhereMfaIs(told);
    const [runtime] = process.composed.parts.accounts;
    if (runtime === undefined) throw new Error('there is no account');
    const deadlineMs = world.time.now() + 60_000;
    const call = { correlationId: 'c', signal: new AbortController().signal, deadlineMs };
    return world.settle(tryToken(runtime, 'opaque', call));
  };

  test('is refused where Partner Center answers that there was none, though it shows the reports', async () => {
    expect(await tryWhere('false')).toMatchObject({
      ok: false,
      refusal: { code: 'consent_without_mfa', retryable: false },
    });
  });

  test.each([
    ['true', true],
    [null, false],
  ] as const)(
    'is taken where Partner Center answers %j, and no more is said than that',
    async (told, isMfaConfirmed) => {
      expect(await tryWhere(told)).toMatchObject({ ok: true, isMfaConfirmed });
      expect(saysMfa({ accessToken: 'opaque' })).toBe(false);
    },
  );
});

test.each([
  ['false', 1],
  ['true', 0],
  [null, 0],
] as const)(
  'where Partner Center answers %j of the token in use, that is told %i times a day',
  async (told, times) => {
    const { world, process } = worldWhereMfaIs(told);
    for (let tick = 0; tick < 4; tick += 1) {
      await world.settle(process.tick());
      await world.time.runUntil(world.time.now() + 300_000);
    }

    expect(process.lines.filter((line) => line.includes('"MfaNotCompliant"'))).toHaveLength(times);
  },
);
