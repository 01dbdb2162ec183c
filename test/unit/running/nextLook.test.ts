import { emptySnapshot } from '../../../shared/ledger/snapshot.ts';
import type { Ownership } from '../../../shared/model/ownership.ts';
import { type AfterLook, nextLookOf } from '../../../shared/running/nextLook.ts';
import {
  doubtful,
  ended,
  HOUR,
  holdWith,
  MINUTE,
  NOW,
  odd,
  paused,
  pausing,
  resumed,
  resuming,
} from '../deciding/sampleSituation.ts';

const SECOND = 1_000;

function next(
  change: Omit<Partial<AfterLook>, 'snapshot'> & { readonly snapshot?: Partial<AfterLook['snapshot']> },
) {
  return nextLookOf({
    ...{ isWindowOpen: false, triedMs: NOW, hasFailed: false, isUndone: false, tries: 1, ...change },
    snapshot: { ...emptySnapshot, ...change.snapshot },
  });
}

const owns = (...all: readonly Ownership[]) => ({
  ownerships: new Map(all.map((one, number) => [`${number}`, { ...one, lookedMs: NOW }])),
});
const holds = (fromMs: number, untilMs: number | null) => ({
  holds: [{ hold: holdWith({ fromMs, untilMs }), etag: '' }],
});
const followUp = (nextExpectedMs: number) => ({
  followUps: new Map([['1', { reportId: '1', reportName: 'r', nextExpectedMs }]]),
});
const untold = { name: 'LeftPaused', reportId: '1', reportName: 'r', detail: '' } as const;

/** A tick comes every minute, some seconds sooner or later. */
const inMinutes = (minutes: number) => NOW + minutes * MINUTE - 30 * SECOND;

describe('the next look is due', () => {
  test('never, where nothing is left to look after, failed or not', () => {
    expect([next({}), next({ hasFailed: true }), next({ isUndone: true })]).toEqual([null, null, null]);
  });

  test.each<readonly [string, Parameters<typeof next>[0]]>([
    ['a report is held', { snapshot: holds(NOW - HOUR, null) }],
    ['a report is ours', { snapshot: owns(paused()) }],
    [
      'somebody said something of a report that is not shown',
      {
        snapshot: {
          statements: new Map([['1', { reportId: '1', whose: 'ours', by: 'a', why: 'b', atMs: 1 }]]),
        },
      },
    ],
    ['a window is open, whatever it selects', { isWindowOpen: true }],
    ['an execution should have been, and was not', { snapshot: followUp(NOW - 3 * HOUR) }],
  ])('after five minutes where %s', (_why, input) => {
    expect(next(input)).toEqual({ atMs: inMinutes(5), because: 'period' });
  });

  test.each<readonly [string, Parameters<typeof next>[0], number, string]>([
    ['when a hold ends', { snapshot: holds(NOW - HOUR, NOW + MINUTE) }, NOW + MINUTE, 'holdBoundary'],
    ['when a hold begins', { snapshot: holds(NOW + MINUTE, null) }, NOW + MINUTE, 'holdBoundary'],
    [
      'when an odd look wants its second one',
      { snapshot: owns(paused({ odd: odd('Active', MINUTE) })) },
      NOW + 2 * MINUTE,
      'lookById',
    ],
    [
      'when a resume wants its second look',
      { snapshot: owns(resumed({ odd: odd('Active', MINUTE) })) },
      NOW + 2 * MINUTE,
      'lookById',
    ],
    [
      'when an execution can be asked for',
      { snapshot: followUp(NOW - 2 * HOUR + MINUTE) },
      NOW + MINUTE,
      'execution',
    ],
    ['at the next tick while a pause is under way', { snapshot: owns(pausing()) }, inMinutes(1), 'openWork'],
    [
      'at the next tick while a resume is under way',
      { snapshot: owns(resuming()) },
      inMinutes(1),
      'openWork',
    ],
    [
      'at the next tick while a report is not as it should be',
      { snapshot: owns(paused()), isUndone: true },
      inMinutes(1),
      'openWork',
    ],
    [
      'at the next tick while an event is not told',
      { snapshot: { untold: [untold] } },
      inMinutes(1),
      'openWork',
    ],
    [
      'at the next tick after a look that failed',
      { isWindowOpen: true, hasFailed: true },
      inMinutes(1),
      'lookFailed',
    ],
  ])('%s', (_when, input, atMs, because) => {
    expect(next(input)).toEqual({ atMs, because });
  });

  test('ever later while the same stays open or fails, and never later than after five minutes', () => {
    const after = (tries: number) => [
      next({ snapshot: owns(pausing()), tries })?.atMs,
      next({ isWindowOpen: true, hasFailed: true, tries })?.atMs,
    ];
    expect([1, 2, 3, 4, 5, 90].map(after)).toEqual(
      [1, 2, 3, 4, 5, 5].map((one) => [inMinutes(one), inMinutes(one)]),
    );
  });

  test('no sooner for what a failed look could not do, however long it has been due', () => {
    const snapshot = { ...holds(NOW - HOUR, NOW + SECOND), ...owns(paused({ odd: odd('Active', MINUTE) })) };
    expect(next({ snapshot, hasFailed: true, tries: 3 })).toEqual({
      atMs: inMinutes(3),
      because: 'lookFailed',
    });
  });

  test('by the net and by doubt no oftener than each five minutes', () => {
    expect(next({ snapshot: owns(ended(), doubtful()) })).toEqual({
      atMs: inMinutes(5),
      because: 'period',
    });
  });
});
