import type { Observation, Ownership } from '../../../shared/model/ownership.ts';
import {
  ATTEMPT,
  BEFORE,
  brief,
  decideWith,
  doubtful,
  ended,
  HOUR,
  holdWith,
  MINUTE,
  NOW,
  odd,
  PAUSED_AT,
  paused,
  pausing,
  RESUME_ATTEMPT,
  resumed,
  resuming,
  seen,
} from './sampleSituation.ts';

const DAY = 24 * HOUR;
const missing: Observation = { kind: 'notFound', readAtMs: NOW };
const everyKind: readonly Ownership[] = [pausing(), paused(), resuming(), resumed(), doubtful(), ended()];

describe('a person says that a report is not ours to look after', () => {
  const word = { whose: 'theirs', why: 'kim: it stays paused' } as const;

  test.each(everyKind.map((ownership) => [ownership.kind, ownership] as const))(
    'doubt, ownership and net end together: %s',
    (_, ownership) => {
      const holds = [holdWith(), holdWith({ holdId: 'request.2', onManualResume: 'reassert' })];
      const decided = decideWith({ ownership, word, holds, observation: seen('Paused') });
      expect(brief(decided)).toEqual({
        ...{
          does: 'none acknowledged',
          owned: 'none',
          holds: 'foreign foreign',
          tells: 'ReportAcknowledged',
        },
      });
      expect(decided.events[0]).toMatchObject({ reportName: 'Report 1', detail: 'kim: it stays paused' });
    },
  );

  test('whatever the service shows of it, and while observing too', () => {
    for (const observation of [missing, seen('Active'), { kind: 'absent' } as const]) {
      expect(brief(decideWith({ ownership: paused(), word, observation, mode: 'observe' })).does).toBe(
        'none acknowledged',
      );
    }
  });

  test('of one that we do not have, nothing changes', () => {
    const decided = decideWith({ word, observation: seen('Paused') });
    expect(brief(decided)).toMatchObject({ does: 'none foreign_pause', tells: 'ForeignPauseFound' });
  });
});

describe('a person takes a doubtful report over', () => {
  const word = { whose: 'ours', why: 'kim: it was the maintenance' } as const;
  const observation = seen('Paused', { contents: 'description=22222222' });

  test('it is ours as it is now, and goes back when nothing holds it', () => {
    const decided = decideWith({ ownership: doubtful(), word, holds: [], observation });
    expect(brief(decided)).toMatchObject({ does: 'resume last_hold_ended', tells: 'ReportTakenOver' });
    expect(decided.ownership).toMatchObject({ kind: 'paused', kept: { contents: 'description=22222222' } });
    expect(brief(decideWith({ ownership: doubtful(), word, observation })).does).toBe('none held');
  });

  test('it is settled only by a read that shows it paused', () => {
    for (const shown of [missing, { ...observation, by: 'list' } as const, seen('Active')]) {
      expect(decideWith({ ownership: doubtful(), word, observation: shown }).ownership?.kind).toBe(
        'doubtful',
      );
    }
  });
});

describe('a service that hides what is paused', () => {
  const hidden = (ownership: Ownership, holds: readonly ReturnType<typeof holdWith>[] = []) =>
    brief(decideWith({ ownership, holds, observation: missing })).does;
  const readBefore = { ...paused().chain, readPausedMs: null };

  test('the resume is sent unseen when nothing holds the report any more', () => {
    expect(hidden(pausing())).toBe('resume hidden_since_pause');
    expect(hidden(paused({ chain: readBefore }))).toBe('resume hidden_since_pause');
  });

  test('but not while something holds it, and not once it was seen since our pause', () => {
    expect(hidden(pausing(), [holdWith()])).toBe('none unseen');
    expect(hidden(paused())).toBe('none unseen');
    const { chain } = pausing();
    expect(hidden(pausing({ chain: { ...chain, readActiveMs: PAUSED_AT } }))).toBe(
      'resume hidden_since_pause',
    );
    expect(hidden(pausing({ chain: { ...chain, readActiveMs: PAUSED_AT + 1 } }))).toBe('none unseen');
    expect(hidden(paused({ chain: { ...readBefore, readResumedMs: PAUSED_AT + 1 } }))).toBe('none unseen');
    const resumeLater = { ...RESUME_ATTEMPT, sentMs: PAUSED_AT + MINUTE };
    expect(hidden(paused({ attempts: [ATTEMPT, resumeLater] }))).toBe('none unseen');
  });

  test('and not a second time, nor where no pause of ours left, nor of what is doubtful', () => {
    const { chain } = pausing();
    expect(hidden(resuming({ attempts: [ATTEMPT, RESUME_ATTEMPT], chain }))).toBe('none unseen');
    expect(hidden(pausing({ attempts: [] }))).toBe('none unseen');
    expect(hidden(doubtful({ chain }))).toBe('none unseen');
  });

  test('after a week it is gone, and of what was doubtful nothing is known by which to know it again', () => {
    const ownership = doubtful({ odd: odd('notFound', 7 * DAY) });
    const nothing = { modifiedMs: null, contents: '' };
    expect(decideWith({ ownership, observation: missing }).ownership).toMatchObject({ kept: nothing });
  });

  test('after a week it is gone, whatever was sent', () => {
    expect(hidden(pausing({ odd: odd('notFound', 7 * DAY) }))).toBe('none gone');
  });
});

describe('a pause that reads refute', () => {
  const refutedAgo = (agoInMs: number, refuted = 3) =>
    pausing({ refuted, attempts: [{ ...ATTEMPT, limitMs: NOW - agoInMs, answer: 'refused' }] });

  test('is tried again at once, and the fourth time a quarter of an hour later', () => {
    expect(brief(decideWith({ ownership: refutedAgo(MINUTE, 2) })).does).toBe('pause pause_not_done');
    expect(brief(decideWith({ ownership: refutedAgo(15 * MINUTE - 1) })).does).toBe(
      'none pause_not_effective',
    );
    expect(brief(decideWith({ ownership: refutedAgo(15 * MINUTE) })).does).toBe('pause pause_not_done');
  });

  test('waits so too where two looks have ended the last one', () => {
    const given = (agoInMs: number, because: 'not_effective' | 'resumed' = 'not_effective') =>
      ended({ because, refuted: 3, attempts: [{ ...ATTEMPT, limitMs: NOW - agoInMs }] });
    expect(brief(decideWith({ ownership: given(15 * MINUTE - 1) })).does).toBe('none pause_not_effective');
    expect(brief(decideWith({ ownership: given(15 * MINUTE - 1), holds: [] })).does).toBe('none no_hold');
    expect(brief(decideWith({ ownership: given(15 * MINUTE) })).does).toBe('pause hold_began');
    expect(brief(decideWith({ ownership: given(MINUTE, 'resumed') })).does).toBe('pause hold_began');
  });

  test('is given up when two looks agree and nothing wants it any more, and remembered how often', () => {
    const ownership = pausing({ refuted: 2, odd: odd('Active', 3 * MINUTE) });
    expect(decideWith({ ownership, holds: [] }).ownership).toMatchObject({
      ...{ kind: 'ended', because: 'not_effective', kept: BEFORE, refuted: 2 },
    });
  });
});

describe('a resume that was refused, and a read still showed the report paused', () => {
  const refused = {
    ...RESUME_ATTEMPT,
    sentMs: NOW - MINUTE,
    endedMs: NOW - MINUTE,
    limitMs: NOW - MINUTE / 2,
  };
  const attempts = [ATTEMPT, { ...refused, answer: 'refused' } as const];
  const readPausedAt = (readPausedMs: number) =>
    paused({ attempts, owed: 'not_found', chain: { ...paused().chain, readPausedMs } });

  test('shown active then it had taken effect: nobody else resumed it, and a hold that began since pauses it', () => {
    const ownership = readPausedAt(NOW - MINUTE);
    const decided = decideWith({ ownership, holds: [], observation: seen('Active') });
    expect(brief(decided)).toEqual({
      ...{ does: 'none back_already', owned: 'resumed', holds: '', tells: 'ReportResumed' },
    });
    const held = decideWith({ ownership, observation: seen('Active') });
    expect(brief(held)).toMatchObject({ does: 'pause hold_began', holds: 'live' });
  });

  test('read paused when it could take effect no more, it had none: who resumes it later is a person', () => {
    const nowMs = NOW + HOUR;
    const seenOnce = { status: 'Active', firstMs: nowMs - 3 * MINUTE, lastMs: nowMs - 3 * MINUTE } as const;
    const ownership = { ...readPausedAt(NOW + 10 * MINUTE), odd: seenOnce };
    const decided = decideWith({ ownership, nowMs, observation: seen('Active', {}, nowMs) });
    expect(brief(decided)).toMatchObject({ holds: 'dropped', tells: 'ManualResumeRespected' });
  });
});

describe('a row goes only when the net says so', () => {
  const { net } = paused();
  const rowAfter = (ownership: Ownership, observation: Observation = { kind: 'absent' }) =>
    decideWith({ ownership, holds: [], observation }).ownership;

  test.each([
    ['active', false],
    ['acknowledged', false],
    [null, true],
    ['exhausted', true],
    ['gone', true],
  ] as const)('given up, and the net closed as %s: kept %s', (closed, isKept) => {
    const ownership = ended({ sinceMs: NOW - DAY, net: { ...net, closed } });
    expect(rowAfter(ownership) !== null).toBe(isKept);
  });

  test.each(['exhausted', 'gone'] as const)('%s is remembered for thirty days', (closed) => {
    const since = (sinceMs: number) => ended({ because: closed, sinceMs, net: { ...net, closed } });
    expect(rowAfter(since(NOW - 30 * DAY + 1))).not.toBeNull();
    expect(rowAfter(since(NOW - 30 * DAY))).toBeNull();
  });

  test('what was seen to run out or to be gone closes the net as it is told', () => {
    const out = rowAfter(paused({ odd: odd('Inactive', 3 * MINUTE) }), seen('Inactive'));
    expect(out).toMatchObject({ kind: 'ended', because: 'exhausted', net: { closed: 'exhausted' } });
    const gone = rowAfter(paused({ odd: odd('notFound', 7 * DAY) }), missing);
    expect(gone).toMatchObject({ kind: 'ended', because: 'gone', net: { closed: 'gone' } });
    expect(rowAfter(ended(), missing)).toMatchObject({ kind: 'ended', net: { closed: null } });
  });

  test('while it is not given up the net stays open', () => {
    const standsActive = { firstMs: NOW - HOUR, lastMs: NOW - HOUR };
    const ownership = resumed({ net: { ...resumed().net, standsActive } });
    expect(rowAfter(ownership, seen('Active'))).toMatchObject({ kind: 'resumed', net: { closed: null } });
  });

  test('resumed, two looks three minutes apart end our care', () => {
    const firstMs = NOW - 3 * MINUTE;
    const standsActive = { firstMs, lastMs: firstMs };
    const looked = resumed({ odd: odd('Active', 3 * MINUTE), net: { ...resumed().net, standsActive } });
    expect(rowAfter(looked, seen('Active'))).toBeNull();
    expect(rowAfter({ ...looked, odd: odd('Active', 3 * MINUTE - 1) }, seen('Active'))).toMatchObject({
      kind: 'resumed',
    });
  });
});

describe('a report that was given up', () => {
  test('is paused again for a hold that begins later', () => {
    expect(brief(decideWith({ ownership: ended({ because: 'resumed' }) })).does).toBe('pause hold_began');
  });

  test('and comes back paused as we had left it is ours again, and goes back', () => {
    const ownership = ended({ because: 'gone' });
    expect(brief(decideWith({ ownership, holds: [], observation: seen('Paused') }))).toEqual({
      ...{ does: 'resume last_hold_ended', owned: 'paused', holds: '', tells: 'ReportReturned' },
    });
  });

  test('and comes back paused by a touch is doubtful, never a stranger’s', () => {
    const observation = seen('Paused', { modifiedMs: NOW - MINUTE });
    expect(brief(decideWith({ ownership: ended({ because: 'gone' }), observation }))).toEqual({
      ...{ does: 'none doubtful', owned: 'doubtful', holds: 'live', tells: 'ReportDoubtful' },
    });
  });
});

describe('a look is written down', () => {
  const kept = (observation: Observation, ownership: Ownership = paused()) =>
    decideWith({ ownership, observation }).ownership;

  test('by id: when, under which name, and what the list showed beside it', () => {
    const observation = {
      ...seen('Paused', { reportName: 'Renamed', queryId: 'other' }),
      listed: 'Paused 1',
    };
    expect(kept(observation)).toMatchObject({
      ...{ lookedMs: NOW, reportName: 'Renamed', queryId: 'other', listed: 'Paused 1' },
      ...{ chain: { readPausedMs: NOW }, net: { readPausedMs: NOW } },
    });
    expect(kept(seen('Paused'), paused({ listed: 'Paused 1' }))?.listed).toBe('Paused 1');
  });

  test('at the instant of the read, and not of the decision', () => {
    const decided = decideWith({ ownership: pausing(), observation: seen('Paused', {}, NOW - MINUTE) });
    expect(decided.ownership).toMatchObject({ kind: 'paused', sinceMs: NOW - MINUTE });
  });

  test('that shows it paused says nothing of when it was active, and none says nothing at all', () => {
    const before = paused();
    expect(kept(seen('Paused'))?.chain).toEqual({ ...before.chain, readPausedMs: NOW });
    expect(kept({ kind: 'absent' }, before)).toEqual(before);
  });

  test('that shows it active is a link of the chain too', () => {
    const after = kept(seen('Active'));
    expect(after?.chain).toMatchObject({ readActiveMs: NOW, readPausedMs: paused().chain.readPausedMs });
    expect(after?.net).toMatchObject({ readActiveMs: NOW });
  });

  test('by which a person’s word is followed, with as much of that word as a row shall hold', () => {
    const said = `ana: ${'\u{1F600}'.repeat(300)}`;
    const word = { whose: 'ours', why: said } as const;
    const after = decideWith({ ownership: doubtful(), observation: seen('Paused'), word });
    expect(after.ownership?.chain.takenOver).toEqual({
      atMs: NOW,
      said: expect.stringMatching(/^ana: .+$/u),
    });
    expect(after.ownership?.chain.takenOver?.said.length).toBe(400);
    expect(after.ownership?.chain.takenOver?.said.isWellFormed()).toBe(true);
    expect(after.events).toMatchObject([{ name: 'ReportTakenOver', detail: said }]);
  });

  test('that does not find it leaves all but the odd look', () => {
    const before = paused({ listed: 'Paused 1' });
    const after = kept(missing, before);
    const found = { status: 'notFound', firstMs: NOW, lastMs: NOW };
    expect(after).toEqual({ ...before, lookedMs: NOW, odd: found });
  });

  test('by the list alone: its name', () => {
    const before = paused();
    const after = kept({ ...seen('Active', { reportName: 'Renamed' }), by: 'list' }, before);
    expect(after).toEqual({ ...before, reportName: 'Renamed' });
  });

  test('beside it, since when nothing holds the report', () => {
    const at = (holds: readonly ReturnType<typeof holdWith>[], ownership: Ownership = paused()) =>
      decideWith({ ownership, holds, observation: seen('Paused') }).ownership?.net.unheldSinceMs;
    expect([at([]), at([holdWith()]), at([holdWith({ state: 'dropped' })])]).toEqual([NOW, null, NOW]);
    const earlier = { ...paused(), net: { ...paused().net, unheldSinceMs: NOW - HOUR } };
    expect([at([], earlier), at([holdWith()], earlier)]).toEqual([NOW - HOUR, null]);
  });
});
