import { entityOf } from '../../../shared/ledger/rowLimits.ts';
import { decodeTally, tallyKey, tallyRow } from '../../../shared/ledger/tallyRows.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import type { OccurrenceTally } from '../../../shared/model/occurrenceTally.ts';
import type { Ownership } from '../../../shared/model/ownership.ts';
import { type TallyInput, tallyInSteps } from '../../../shared/running/tallyOccurrences.ts';
import { runSteps } from '../../../shared/time/steps.ts';
import { FROM, held, UNTIL } from '../deciding/sampleHolds.ts';
import { doubtful, ended, NOW, paused, resumed } from '../deciding/sampleSituation.ts';
import { reportIdOf } from '../windows/sampleReport.ts';
import { windowWith } from '../windows/sampleWindow.ts';

const window = windowWith({ kind: 'oneOff', fromMs: FROM, untilMs: UNTIL, timeZone: 'UTC' }, 'night');
const occurrence = { window: 'night', key: 'night@2026-03-01T09:00:00Z', fromMs: FROM, untilMs: UNTIL };
const open = [{ window, occurrence }];

const hold = (number: number, state: Hold['state'] = 'live') =>
  held('night', { reportId: reportIdOf(number), state });
const stored = (holds: readonly Hold[]) => holds.map((one) => ({ hold: one, etag: '' }));
const owned = (...all: readonly (readonly [number, Ownership])[]) =>
  new Map(all.map(([number, one]) => [reportIdOf(number), { ...one, reportId: reportIdOf(number) }]));

interface Look {
  readonly tallies?: readonly OccurrenceTally[];
  readonly holdsBefore?: readonly Hold[];
  readonly holdsAfter?: readonly Hold[];
  readonly before?: ReadonlyMap<string, Ownership>;
  readonly after?: ReadonlyMap<string, Ownership>;
  readonly isOpen?: boolean;
  readonly nowMs?: number;
}

function look({
  tallies = [],
  holdsBefore = [],
  holdsAfter = [],
  before,
  after,
  isOpen = false,
  nowMs = NOW,
}: Look) {
  const input: TallyInput = {
    before: { holds: stored(holdsBefore), ownerships: before ?? new Map(), tallies, saidEnds: [] },
    after: { holds: stored(holdsAfter), ownerships: after ?? new Map(), followUps: new Map() },
    windowStates: isOpen ? open : [],
    ...{ results: new Map(), reports: new Map(), followedUp: new Map(), problem: null, mode: 'act', nowMs },
  };
  return runSteps(tallyInSteps(input));
}

const counts = ({ ids, counts: settled }: OccurrenceTally) =>
  Object.fromEntries(
    Object.entries(ids)
      .map(([state, some]): [string, number] => [state, some.length])
      .concat(Object.entries(settled)),
  );

const first = (tallies: readonly OccurrenceTally[]): OccurrenceTally => {
  const [tally] = tallies;
  if (tally === undefined) throw new Error('no tally');
  return tally;
};

test('a look that is done again, or was killed before it told anything, counts no report twice', () => {
  const holds = [hold(1), hold(2), hold(3, 'foreign'), hold(4, 'dropped')];
  const during = owned([1, paused()], [2, paused()]);
  const begun = first(look({ holdsAfter: holds, after: during, isOpen: true }).changed);
  expect(counts(begun)).toEqual({ paused: 2, foreign: 1, resumedByPerson: 1 });
  expect(
    look({ tallies: [begun], holdsBefore: holds, holdsAfter: holds, after: during, isOpen: true }),
  ).toEqual({
    ...{ changed: [], settled: [] },
  });

  // The look at its end was killed after the first report was back and all holds were gone.
  const rest = { tallies: [begun], before: during };
  const cut = look({ ...rest, after: owned([1, resumed()], [2, paused()]), nowMs: UNTIL });
  expect(counts(first(cut.changed))).toEqual({ resumed: 1, owed: 1, foreign: 1, resumedByPerson: 1 });
  const again = look({
    tallies: cut.changed,
    after: owned([1, resumed()], [2, resumed()]),
    nowMs: UNTIL + 1,
  });
  expect(again.changed).toEqual([]);
  expect(counts(first(again.settled))).toEqual({ resumed: 2, foreign: 1, resumedByPerson: 1 });
});

test('what no look saw while it was on is counted by the holds that its end finds', () => {
  const holds = [hold(1), hold(2)];
  const told = look({
    holdsBefore: holds,
    before: owned([1, paused()]),
    after: owned([1, resumed()]),
    nowMs: UNTIL,
  });

  expect(counts(first(told.settled))).toEqual({ resumed: 1, failed: 1 });
});

test('an occurrence stays with the account while a pause of it is in doubt, but not for ever', () => {
  const told = look({
    ...{ holdsBefore: [hold(1)], before: owned([1, paused()]), after: owned([1, doubtful()]), nowMs: UNTIL },
  });
  const doubted = first(told.changed);
  expect(counts(doubted)).toEqual({ doubtful: 1 });
  const settled = look({ tallies: [doubted], after: owned([1, ended()]), nowMs: UNTIL + 1 }).settled;
  expect(settled).toHaveLength(1);
  const muchLater = look({
    tallies: [doubted],
    after: owned([1, doubtful()]),
    nowMs: UNTIL + 41 * 86_400_000,
  });
  expect(counts(first(muchLater.settled))).toEqual({ doubtful: 1 });
});

test('ten thousand reports fit one row, and come back as they were', () => {
  const numbers = Array.from({ length: 10_000 }, (_, at) => at + 1);
  const holds = numbers.map((number) => hold(number, number % 2 === 0 ? 'live' : 'foreign'));
  const after = owned(...numbers.map((number) => [number, paused()] as const));
  const tally = first(look({ holdsAfter: holds, after, isOpen: true }).changed);
  const row = tallyRow('mpn.x', tallyKey(tally), tally);

  expect(counts(tally)).toEqual({ paused: 5_000, foreign: 5_000 });
  expect(() => entityOf(row)).not.toThrow();
  expect(decodeTally(row)).toEqual(tally);
  expect(decodeTally({ ...row, schemaVersion: 99 })).toBeNull();
});
