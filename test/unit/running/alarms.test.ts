import { emptySnapshot } from '../../../shared/ledger/snapshot.ts';
import { nothingLearned, type Observation, type Ownership } from '../../../shared/model/ownership.ts';
import { alarmsOf } from '../../../shared/running/alarms.ts';
import { tellLasting } from '../../../shared/running/tellLasting.ts';
import {
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
  resumed,
  resuming,
} from '../deciding/sampleSituation.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';

const DAY = 24 * HOUR;
const WEEK = 7 * DAY;
const TICK = 5 * MINUTE;

const seen = (...reports: ReturnType<typeof reportWith>[]) =>
  new Map<string, Observation>(
    reports.map((report) => [
      report.reportId,
      { kind: 'seen', by: 'list', report, readAtMs: NOW, serviceOffsetInMs: 0, listed: '' },
    ]),
  );
const listed = reportWith(1, { reportStatus: 'Paused' });

interface Account {
  readonly isHeld?: boolean;
  readonly isBridged?: boolean;
  readonly observations?: ReadonlyMap<string, Observation>;
  readonly isListed?: boolean;
  readonly timesMoveByThemselves?: boolean;
  readonly periodInMs?: number;
}

function alarmsAt(ownerships: readonly Ownership[], account: Account) {
  const { isHeld = true, observations = seen(listed), isListed = true } = account;
  const { isBridged = false, timesMoveByThemselves = false, periodInMs = TICK } = account;
  const facts = { ...emptySnapshot.facts, learned: { ...nothingLearned, timesMoveByThemselves } };
  const snapshot = {
    ...{ ...emptySnapshot, facts, holds: isHeld ? [{ hold: holdWith(), etag: '' }] : [] },
    ownerships: new Map(ownerships.map((ownership) => [ownership.reportId, ownership])),
  };
  const bridged = new Set(isBridged ? [reportIdOf(1)] : []);
  return alarmsOf({
    ...{ snapshot, observations, isListed, bridged, nowMs: NOW, periodInMs, maxHoldInMs: WEEK },
  });
}

function namesOf(ownership: Ownership, account: Account = {}) {
  return alarmsAt([ownership], account).map(({ event }) => event.name);
}

/** The same report, nothing holding it for so long. */
function unheld<Owned extends Ownership>(ownership: Owned, forMs: number): Owned {
  return { ...ownership, net: { ...ownership.net, unheldSinceMs: NOW - forMs } };
}

describe('the watchdog', () => {
  test('is silent about a report that is ours and held', () => {
    expect(namesOf(paused())).toEqual([]);
  });

  test.each<readonly [string, string[], Ownership, Account]>([
    ['nobody can tell whose pause it is', ['ReportDoubtful'], doubtful(), {}],
    ['is paused for longer than MAX_HOLD', ['HoldTooLong'], paused({ sinceMs: NOW - WEEK - 1 }), {}],
    ['the list lacks', ['ReportUnseen'], paused(), { observations: new Map() }],
    ['is 404', ['ReportUnseen'], paused({ odd: odd('notFound', HOUR) }), { observations: new Map() }],
    [
      'some automation has made anew',
      ['ReportRecreated'],
      paused(),
      { observations: seen(listed, reportWith(2, { reportName: 'Report 1' })) },
    ],
    [
      'somebody else paused, beside it',
      ['ForeignPauses'],
      paused(),
      { observations: seen(listed, reportWith(3, { reportStatus: 'Paused', reportName: 'Other' })) },
    ],
  ])('names a report that %s', (_what, names, ownership, account) => {
    expect(namesOf(ownership, account)).toEqual(names);
  });

  test.each<readonly [string, Ownership, Account]>([
    ['is paused for MAX_HOLD', paused({ sinceMs: NOW - WEEK }), {}],
    ['was given up that long ago', ended({ sinceMs: NOW - WEEK - 1 }), {}],
    ['was resumed that long ago', resumed({ sinceMs: NOW - WEEK - 1 }), {}],
    [
      'is in no list, where there is none to be believed',
      paused(),
      { observations: new Map(), isListed: false },
    ],
    ['was given up, and is gone', ended({ odd: odd('notFound', HOUR) }), { observations: new Map() }],
    [
      'was given up, and made anew',
      ended(),
      { observations: seen(listed, reportWith(2, { reportName: 'Report 1' })) },
    ],
  ])('says nothing of a report that %s', (_what, ownership, account) => {
    expect(namesOf(ownership, account)).toEqual([]);
  });

  test('says of a report that it is not shown, also without a list, where it is 404 by id', () => {
    const account = {
      observations: new Map([[reportIdOf(1), { kind: 'notFound', readAtMs: NOW } as const]]),
    };
    expect(namesOf(paused(), { ...account, isListed: false })).toEqual(['ReportUnseen']);
  });
});

describe('a resume that is owed', () => {
  test.each([
    ['refused', 'forbidden', 0, ['ResumeOwed']],
    ['refused as the quota is full', 'quota_exceeded', 0, ['ResumeOwed']],
    ['not read yet', 'resume_not_done', 10 * MINUTE - 1, []],
    ['not read for ten minutes', 'resume_not_done', 10 * MINUTE, ['ResumeOwed']],
    ['not tried yet', null, 10 * MINUTE - 1, []],
    ['not tried for ten minutes', null, 10 * MINUTE, ['ResumeOwed']],
  ])('is alarmed only when it was refused or takes long: %s', (_, owed, forMs, names) => {
    expect(namesOf(unheld(paused({ owed }), forMs), { isHeld: false })).toEqual(names);
  });

  test('where ticks are rare, long is two of them', () => {
    const rare = { isHeld: false, periodInMs: 10 * MINUTE };
    expect(namesOf(unheld(resuming(), 20 * MINUTE - 1), rare)).toEqual([]);
    expect(namesOf(unheld(resuming(), 20 * MINUTE), rare)).toEqual(['ResumeOwed']);
  });

  test('whose hold ended while the run lasted is no alarm: the next run resumes it', () => {
    expect(namesOf(paused(), { isHeld: false })).toEqual([]);
  });

  test('is not owed while a hold wants the report paused, or the next one begins within a tick', () => {
    for (const account of [{ isHeld: true }, { isHeld: false, isBridged: true }]) {
      expect(namesOf(unheld(paused({ owed: 'forbidden' }), HOUR), account)).toEqual([]);
    }
  });
});

describe('a pause that reads refute', () => {
  test('is told when it was tried three times, while something wants it paused', () => {
    expect(namesOf(pausing({ refuted: 3 }))).toEqual(['PauseNotEffective']);
    expect(namesOf(pausing({ refuted: 2 }))).toEqual([]);
    expect(namesOf(pausing({ refuted: 3 }), { isHeld: false })).toEqual([]);
  });
});

describe('left paused', () => {
  const account = { isHeld: false };
  const TWO_PERIODS = 2 * TICK;

  test.each<readonly [string, Ownership]>([
    ['pausing', pausing()],
    ['resumed', resumed()],
    ['ended', ended({ because: 'resumed_by_person' })],
  ])('is told of a report that is %s, when nothing has held it for two periods', (_, ownership) => {
    expect(namesOf(unheld(ownership, TWO_PERIODS), account)).toEqual(['LeftPaused']);
    expect(namesOf(unheld(ownership, TWO_PERIODS - 1), account)).toEqual([]);
    expect(namesOf(unheld(ownership, TWO_PERIODS))).toEqual([]);
    expect(namesOf(unheld(ownership, TWO_PERIODS), { isHeld: false, isBridged: true })).toEqual([]);
  });

  test('is not told beside another alarm that names the report', () => {
    expect(namesOf(unheld(doubtful(), HOUR), account)).toEqual(['ReportDoubtful']);
    expect(namesOf(unheld(paused(), HOUR), account)).toEqual(['ResumeOwed']);
    expect(namesOf(unheld(resumed(), HOUR), { ...account, observations: new Map() })).toEqual([
      'ReportUnseen',
    ]);
  });

  test('is told beside an alarm that says nothing about being left', () => {
    const old = { sinceMs: NOW - WEEK - 1 };
    expect(namesOf(unheld(pausing(old), HOUR), account)).toEqual(['LeftPaused', 'HoldTooLong']);
  });
});

describe('an account that shows our reports no more', () => {
  const missing = (number: number) =>
    paused({ reportId: reportIdOf(number), reportName: `Report ${number}`, odd: odd('notFound', HOUR) });
  const present = (number: number) => paused({ reportId: reportIdOf(number) });
  const observations = seen(...Array.from({ length: 20 }, (_, at) => reportWith(at + 4)));

  test('is one alarm in place of many, from three and a fifth of ours on', () => {
    const all = [1, 2, 3].map(missing);
    const [first, ...rest] = alarmsAt(all, { observations });
    expect(first?.event).toMatchObject({ name: 'AccountBlind', reportId: '' });
    expect(first?.event.detail).toContain('3 of 3 reports of ours no more: Report 1, Report 2, Report 3');
    expect(rest).toEqual([]);
    const many = [...all, ...Array.from({ length: 13 }, (_, at) => present(at + 4))];
    expect(alarmsAt(many, { observations }).map(({ event }) => event.name)).not.toContain('AccountBlind');
    expect(alarmsAt([1, 2].map(missing), { observations }).map(({ event }) => event.name)).toEqual([
      ...['ReportUnseen', 'ReportUnseen'],
    ]);
  });

  test('names at most ten of them', () => {
    const [first] = alarmsAt(
      Array.from({ length: 11 }, (_, at) => missing(at + 1)),
      { observations: new Map() },
    );
    expect(first?.event.detail.endsWith('Report 10, …')).toBe(true);
  });

  test('does not silence that a report is left paused', () => {
    const left = [1, 2, 3].map((number) =>
      unheld(resumed({ reportId: reportIdOf(number), odd: odd('notFound', HOUR) }), HOUR),
    );
    const names = alarmsAt(left, { observations, isHeld: false }).map(({ event }) => event.name);
    expect(names).toEqual(['AccountBlind', 'LeftPaused', 'LeftPaused', 'LeftPaused']);
  });
});

test('times that move by themselves are told once for the account', () => {
  expect(namesOf(paused(), { timesMoveByThemselves: true })).toEqual(['ServiceChanged']);
});

test('what is urgent is told again each hour, what only lasts each day', () => {
  const rates = (ownership: Ownership, account: Account) =>
    alarmsAt([ownership], account).map(({ event, repeatAfterMs }) => [event.name, repeatAfterMs / HOUR]);
  const free = { isHeld: false };
  expect(rates(unheld(paused(), HOUR), free)).toEqual([['ResumeOwed', 1]]);
  expect(rates(unheld(resumed(), HOUR), free)).toEqual([['LeftPaused', 1]]);
  expect(rates(doubtful(), free)).toEqual([['ReportDoubtful', 1]]);
  expect(rates(pausing({ refuted: 3 }), {})).toEqual([['PauseNotEffective', 1]]);
  expect(rates(paused(), { timesMoveByThemselves: true })).toEqual([['ServiceChanged', 24]]);
  expect(rates(paused({ sinceMs: NOW - WEEK - 1 }), {})).toEqual([['HoldTooLong', 24]]);
  expect(rates(paused(), { observations: new Map() })).toEqual([['ReportUnseen', 24]]);
});

test('an alarm names the report, and tells why and since when', () => {
  const [alarm] = alarmsAt([paused({ sinceMs: PAUSED_AT - 8 * DAY })], {});
  expect(alarm?.event).toEqual({
    ...{ name: 'HoldTooLong', reportId: reportIdOf(1), reportName: 'Report 1' },
    detail: 'paused by us for 8 days, longer than MAX_HOLD',
  });
  const [owed] = alarmsAt([unheld(paused({ owed: 'forbidden' }), HOUR)], { isHeld: false });
  expect(owed?.event.detail).toBe('not resumed yet (forbidden)');
});

describe('a lasting alarm', () => {
  const event = { name: 'HoldTooLong', reportId: reportIdOf(1), reportName: 'Report 1', detail: '' } as const;
  const daily = [{ event, repeatAfterMs: DAY }];
  const at = (nowMs: number, lookedMs: number | null = null) => ({ nowMs, lookedMs });

  test('is told at once, again a day later, and anew when it comes back', () => {
    const first = tellLasting(daily, {}, at(NOW));
    const soon = tellLasting(daily, first.told, at(NOW + HOUR));
    const nextDay = tellLasting(daily, soon.told, at(NOW + DAY));
    const over = tellLasting([], nextDay.told, at(NOW + DAY + HOUR));
    const back = tellLasting(daily, over.told, at(NOW + DAY + 2 * HOUR));

    expect([first, soon, nextDay, over, back].map(({ events }) => events.length)).toEqual([1, 0, 1, 0, 1]);
  });

  test('never makes the ledger remember more than fits a row', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({
      ...{ event: { ...event, reportId: reportIdOf(at) }, repeatAfterMs: DAY },
    }));
    const { events, told } = tellLasting(many, {}, at(NOW));

    expect(events).toHaveLength(5_000);
    expect(JSON.stringify(told).length).toBeLessThan(300_000);
  });

  test('is told at its own rate also where there are more than can be remembered', () => {
    const many = Array.from({ length: 5_000 }, (_, at) => ({
      ...{ event: { ...event, reportId: reportIdOf(at) }, repeatAfterMs: HOUR },
    }));
    let { events, told } = tellLasting(many, {}, at(NOW));
    const counts: number[] = [];
    for (let minutes = 5; minutes <= 120; minutes += 5) {
      const nowMs = NOW + minutes * MINUTE;
      ({ events, told } = tellLasting(many, told, at(nowMs, nowMs - TICK)));
      counts.push(events.length);
    }

    expect(counts.reduce((sum, one) => sum + one, 0)).toBe(2 * 5_000);
  });
});
