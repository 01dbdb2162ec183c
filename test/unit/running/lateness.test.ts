import type { WindowState } from '../../../shared/deciding/desiredHolds.ts';
import type { ClosedHold } from '../../../shared/deciding/reconcileHolds.ts';
import type { LastLook } from '../../../shared/model/lastLook.ts';
import { boundariesOf, isLate } from '../../../shared/running/lateness.ts';
import { utcText } from '../../../shared/windows/formatInstant.ts';
import { HOUR, holdWith, MINUTE, NOW } from '../deciding/sampleSituation.ts';
import { windowWith } from '../windows/sampleWindow.ts';

const FROM = NOW - 3 * MINUTE;
const window = windowWith({ kind: 'oneOff', fromMs: FROM, untilMs: NOW + HOUR, timeZone: 'Etc/UTC' });
const occurrence = { window: 'load', key: `load@${utcText(FROM)}`, fromMs: FROM, untilMs: NOW + HOUR };
const desired = [
  { window: 'load', occurrence: '', reportId: '1', fromMs: FROM, untilMs: null, onManualResume: 'respect' },
] as const;
const begun: WindowState = {
  ...{
    window,
    occurrence,
    next: null,
    selectedCount: 1,
    unknownIds: [],
    overLimit: false,
    exempt: [],
    takesIn: ['1'],
    desired,
    soon: [],
  },
};

const look: LastLook = {
  ...{ lookedMs: FROM - MINUTE, triedMs: FROM - MINUTE, tries: 0, failure: null, news: '', begun: [] },
  ...{ next: { atMs: NOW, because: 'period' }, windows: '' },
};

function closed(because: ClosedHold['because'], untilMs: number): ClosedHold {
  const holder = { kind: 'window', window: 'load', occurrence: new Date(FROM - HOUR).toISOString() } as const;
  return { hold: holdWith({ holder, fromMs: FROM - HOUR, untilMs }), because };
}

const heldBefore = holdWith({
  holder: { kind: 'window', window: begun.window.name, occurrence: new Date(FROM).toISOString() },
  fromMs: FROM,
});

function told(
  change: Partial<Parameters<typeof boundariesOf>[0]> & {
    ended?: readonly ClosedHold[];
    states?: readonly WindowState[];
  },
) {
  const { ended = [], states = [begun], ...input } = change;
  const holdChanges = { holds: [], opened: [], moved: [], closed: ended };
  return boundariesOf({
    ...{
      decided: { windowStates: states, holdChanges },
      lastLook: look,
      holdsBefore: [],
      lastTickMs: null,
      mayBegin: true,
      actedMs: NOW,
    },
    ...input,
  }).map(({ which, lateInMs }) => `${which} ${lateInMs / MINUTE}`);
}

describe('how late a begin or an end is', () => {
  test.each<readonly [string, Parameters<typeof told>[0], readonly string[]]>([
    ['a begin that no look has seen yet', {}, ['begin 3']],
    [
      'none of what holds of the window show to be begun, by a version that kept no looks',
      { lastLook: null, lastTickMs: FROM - HOUR, holdsBefore: [heldBefore] },
      [],
    ],
    [
      'a begin on an account that was idle at the last tick',
      { lastLook: null, lastTickMs: FROM - 1 },
      ['begin 3'],
    ],
    [
      'a begin that looks failed to see',
      { lastLook: { ...look, lookedMs: null, triedMs: NOW - MINUTE } },
      ['begin 3'],
    ],
    [
      'a window that was not there yet at the last tick',
      { lastLook: null, lastTickMs: NOW - MINUTE },
      ['begin 1'],
    ],
    [
      'a window that was not there yet at the last look',
      { lastLook: { ...look, lookedMs: NOW - MINUTE } },
      ['begin 1'],
    ],
    ['the first tick ever, in the middle of a window', { lastLook: null }, ['begin 0']],
    ['a begin that was acted on', { lastLook: { ...look, begun: [occurrence.key] } }, []],
    ['a begin while nothing may begin', { mayBegin: false }, []],
    ['a window that holds nothing', { states: [{ ...begun, desired: [] }] }, []],
    [
      'an end, told once for all its reports',
      { states: [], ended: [closed('over', FROM), closed('over', FROM)] },
      ['end 3'],
    ],
    ['an end that a person brought about', { states: [], ended: [closed('ended_by_person', FROM)] }, []],
    [
      'an end that an edit brought about',
      { states: [], ended: [closed('window_no_longer_covers', FROM)] },
      [],
    ],
  ])('%s', (_what, input, expected) => {
    expect(told(input)).toEqual(expected);
  });

  test('is worth telling above two minutes, and where ticks are rarer, above a minute more than the tick', () => {
    const late = (lateInMs: number, tickInMs: number) =>
      isLate({ window: 'load', fromMs: 0, which: 'begin', dueMs: 0, actedMs: lateInMs, lateInMs }, tickInMs);
    expect([late(2 * MINUTE, MINUTE), late(2 * MINUTE + 1, MINUTE)]).toEqual([false, true]);
    expect([late(6 * MINUTE, 5 * MINUTE), late(6 * MINUTE + 1, 5 * MINUTE)]).toEqual([false, true]);
  });
});
