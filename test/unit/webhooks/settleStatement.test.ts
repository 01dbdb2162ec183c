import fc from 'fast-check';
import type { PauseIntent, ResumeIntent } from '../../../shared/webhooks/intent.ts';
import { type KeyHistory, NO_HISTORY, settleStatement } from '../../../shared/webhooks/settleStatement.ts';
import { type Turns, takeTurn } from '../../../shared/webhooks/takeTurn.ts';
import { HOUR_MS, NOW_MS } from './sampleSource.ts';

type Spoken = PauseIntent | ResumeIntent;

function say(
  action: 'pause' | 'resume',
  more: {
    atMs?: number;
    id?: string;
    rank?: number;
    reportIds?: readonly string[] | null;
    isWholeKey?: boolean;
  } = {},
): Spoken {
  const common = {
    key: 'ops:k',
    deliveryId: more.id ?? `${action}-${more.atMs ?? 0}`,
    saidAtMs: NOW_MS + (more.atMs ?? 0),
    rank: more.rank ?? (action === 'resume' ? 3 : 2),
    reason: '',
    reportIds: more.reportIds ?? null,
  };
  return action === 'resume'
    ? { ...common, action, because: 'asked' }
    : {
        ...common,
        action,
        fromMs: NOW_MS,
        untilMs: NOW_MS + HOUR_MS,
        untilBy: 'default',
        deniedReportIds: [],
        isWholeKey: more.isWholeKey ?? false,
      };
}

const REPORTS = ['a', 'b', 'c'] as const;

/** Takes statements in the order they arrive, as a door would, and tells what each report came to. */
function arrive(spoken: readonly Spoken[], nowMs = NOW_MS) {
  const state = new Map<string, string>();
  const verdicts: string[] = [];
  let history: KeyHistory = NO_HISTORY;
  for (const one of spoken) {
    const settled = settleStatement(history, one, nowMs);
    verdicts.push(settled.verdict);
    if (!('history' in settled)) continue;
    // As it is stored and read again.
    history = JSON.parse(JSON.stringify(settled.history));
    const targets = settled.reportIds ?? REPORTS.filter((id) => !settled.exceptReportIds.includes(id));
    for (const id of targets) state.set(id, one.deliveryId);
  }
  return { state: REPORTS.map((id) => state.get(id) ?? null), verdicts, history };
}

describe('what is said about one maintenance', () => {
  test('counts when it is news', () => {
    expect(arrive([say('pause', { atMs: 0 }), say('resume', { atMs: 1 })])).toMatchObject({
      verdicts: ['apply', 'apply'],
      state: ['resume-1', 'resume-1', 'resume-1'],
    });
  });

  test('does not come back to life by an older communication that arrives late', () => {
    expect(arrive([say('resume', { atMs: 1 }), say('pause', { atMs: 0 })]).verdicts).toEqual([
      'apply',
      'outdated',
    ]);
  });

  test('does not end by an older end that arrives late', () => {
    expect(arrive([say('pause', { atMs: 2 }), say('resume', { atMs: 1 })])).toMatchObject({
      verdicts: ['apply', 'outdated'],
      state: ['pause-2', 'pause-2', 'pause-2'],
    });
  });

  test('begins anew when it is said anew after its end', () => {
    expect(arrive([say('resume', { atMs: 1 }), say('pause', { atMs: 2 })]).verdicts).toEqual([
      'apply',
      'apply',
    ]);
  });

  test.each([
    ['an end over a pause', say('resume', { id: 'x' }), say('pause', { id: 'y' })],
    ['a pause over a plan', say('pause', { id: 'x', rank: 2 }), say('pause', { id: 'y', rank: 0 })],
    ['a move over a plan', say('pause', { id: 'x', rank: 1 }), say('pause', { id: 'y', rank: 0 })],
  ])('in the same instant puts %s', (_what, winner, loser) => {
    expect(arrive([winner, loser]).verdicts).toEqual(['apply', 'outdated']);
    expect(arrive([loser, winner]).verdicts).toEqual(['apply', 'apply']);
  });

  test('changes nothing when it comes twice, and may be done again where the first time was cut short', () => {
    const once = arrive([say('pause')]);
    const twice = arrive([say('pause'), say('pause')]);

    expect(twice.verdicts).toEqual(['apply', 'again']);
    expect(twice.history).toEqual(once.history);
  });

  test('is the same event by its id, also where its date is that of its arrival', () => {
    const { verdicts, history } = arrive([
      say('pause', { id: 'x', atMs: 0 }),
      say('pause', { id: 'x', atMs: 5 }),
    ]);

    expect(verdicts).toEqual(['apply', 'again']);
    expect(history.said[0]?.atMs).toBe(NOW_MS);
  });

  test('leaves alone the reports about which something later was said', () => {
    const { state, verdicts } = arrive([
      say('resume', { atMs: 5, reportIds: ['a'] }),
      say('pause', { atMs: 1 }),
      say('pause', { atMs: 2, reportIds: ['a', 'b'] }),
    ]);

    expect(verdicts).toEqual(['apply', 'apply', 'apply']);
    expect(state).toEqual(['resume-5', 'pause-2', 'pause-1']);
  });

  test('comes to the same whatever the order in which it arrives, and however often', () => {
    const spoken = fc.array(
      fc
        .record({
          action: fc.constantFrom('pause' as const, 'resume' as const),
          atMs: fc.integer({ min: -5, max: 5 }),
          rank: fc.integer({ min: 0, max: 3 }),
          reportIds: fc.option(fc.uniqueArray(fc.constantFrom(...REPORTS), { minLength: 1 })),
        })
        .map(({ action, ...more }) => ({ action, more })),
      { maxLength: 8 },
    );
    fc.assert(
      fc.property(spoken, fc.infiniteStream(fc.double({ noNaN: true, min: 0, max: 1 })), (list, random) => {
        const said = list.map(({ action, more }, index) => say(action, { ...more, id: `${index}` }));
        const draw = (): number => random.next().value;
        const shuffled = [...said, ...said.filter(() => draw() < 0.3)]
          .map((one) => ({ one, at: draw() }))
          .sort((left, right) => left.at - right.at)
          .map(({ one }) => one);

        expect(arrive(shuffled).state).toEqual(arrive(said).state);
        expect(arrive(shuffled).history).toEqual(arrive(said).history);
      }),
      { seed: 3, numRuns: 2_000 },
    );
  });

  test('takes no more room than there are reports, however much is said', () => {
    const spoken = Array.from({ length: 500 }, (_, atMs) =>
      say(atMs % 2 === 0 ? 'pause' : 'resume', {
        atMs,
        reportIds: atMs % 7 === 0 ? null : [REPORTS[atMs % 3] ?? 'a'],
      }),
    );

    expect(arrive(spoken).history.said.length).toBeLessThanOrEqual(REPORTS.length + 1);
  });

  test('is forgotten when all that is older would be refused', () => {
    const week = 7 * 24 * HOUR_MS;
    const { history } = arrive([say('pause', { reportIds: ['a'] })]);
    const next = say('pause', { id: 'later', atMs: week, reportIds: ['b'] });

    expect(settleStatement(history, next, NOW_MS + week)).toMatchObject({ history: { said: { length: 2 } } });
    expect(settleStatement(history, next, NOW_MS + week + 1)).toMatchObject({
      history: { said: { length: 1 } },
    });
  });
});

describe('the rate of a source', () => {
  function takeMany(times: readonly number[], ratePerMinute: number) {
    let turns: Turns | null = null;
    return times.map((atMs) => {
      const turn = takeTurn(turns, NOW_MS + atMs, ratePerMinute);
      turns = turn.turns;
      return turn.ok ? 'in' : turn.retryAfterInMs;
    });
  }

  test("lets a minute's worth in at once, then one at a time", () => {
    expect(takeMany([0, 0, 0, 0, 20_000, 20_000], 3)).toEqual(['in', 'in', 'in', 20_000, 'in', 20_000]);
  });

  test('lets in whoever comes when he was told to, and not before', () => {
    expect(takeMany([0, 1_000, 59_999, 60_000], 1)).toEqual(['in', 59_000, 1, 'in']);
  });

  test('saves up no more than a minute, and a clock that goes back costs nothing', () => {
    expect(takeMany([0, 3_600_000, 3_600_000, 3_600_000], 2)).toEqual(['in', 'in', 'in', 30_000]);
    expect(takeMany([0, -60_000, -60_000], 1)).toEqual(['in', 60_000, 60_000]);
  });
});
