import { type AccountBrief, emptyBrief } from '../../../shared/ledger/survey.ts';
import type { LastLook, NextLookReason } from '../../../shared/model/lastLook.ts';
import { windowsMark } from '../../../shared/running/keepLook.ts';
import { type DueInput, type DueReason, dueInSteps, isDailyLook } from '../../../shared/service/due.ts';
import { runSteps } from '../../../shared/time/steps.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { HOUR, MINUTE, NOW } from '../deciding/sampleSituation.ts';
import { exemptionUntil } from '../windows/sampleExemption.ts';
import { at, windowWith } from '../windows/sampleWindow.ts';

const open = windowFrom(NOW, NOW + HOUR);
const notYet = windowFrom(NOW + 1, NOW + HOUR);

function windowFrom(fromMs: number, untilMs: number): Window {
  return windowWith({ kind: 'oneOff', fromMs, untilMs, timeZone: 'Etc/UTC' });
}

function leftOutOf(window: Window, id: string): Window {
  return { ...window, exemptions: [exemptionUntil(NOW + HOUR, { id })] };
}

function read(...windows: readonly Window[]): DueInput['windows'] {
  return { areReadable: true, windows, invalidNames: [] };
}

/** A look of a minute ago, when the window that is now open was not yet. */
function lookBefore(windows: DueInput['windows'], change: Partial<LastLook> = {}): LastLook {
  const next = { atMs: NOW + MINUTE, because: 'period' } as const;
  return {
    ...{ lookedMs: NOW - MINUTE, triedMs: NOW - MINUTE, tries: 0, failure: null, news: 'n', begun: [] },
    ...{ next, windows: windowsMark('act', windows, []), ...change },
  };
}

/** What is left out is as on an idle account. */
type Sketch = Omit<Partial<DueInput>, 'brief'> & { readonly brief: Partial<AccountBrief> };

function due(change: Sketch) {
  const due = dueInSteps({
    ...{ mode: 'act', windows: read(), nowMs: NOW, isDaily: false, isByHand: false, ...change },
    brief: { ...emptyBrief, news: 'n', ...change.brief },
  });
  return runSteps(due);
}

const held = { lookedAfter: 3, waiting: 3 };
const quiet = { ...held, lastLook: lookBefore(read()) };
const known = (because: NextLookReason): readonly [DueReason, string, Sketch] => [
  because,
  'its instant has come',
  { brief: { ...held, lastLook: lookBefore(read(), { next: { atMs: NOW, because } }) } },
];

describe('a tick looks at an account', () => {
  test.each<readonly [DueReason, string, Sketch]>([
    ['daily', 'the one tick a day looks at all', { brief: {}, isDaily: true }],
    ['neverLooked', 'a window is open', { brief: {}, windows: read(open) }],
    ['neverLooked', 'something is held', { brief: { waiting: 1 } }],
    ['neverLooked', 'something is ours', { brief: { lookedAfter: 1 } }],
    ['neverLooked', 'an execution can be asked for', { brief: { nextExpectedMs: NOW - 2 * HOUR } }],
    ['byHand', 'a person asks', { brief: quiet, isByHand: true }],
    [
      'windowsChanged',
      'a window begins at this very instant',
      { brief: { lastLook: lookBefore(read(open)) }, windows: read(open) },
    ],
    [
      'windowsChanged',
      'a window ended at this very instant',
      {
        brief: {
          lastLook: lookBefore(read(), { windows: windowsMark('act', read(open), ['load@then']) }),
        },
        windows: read(windowFrom(NOW - HOUR, NOW)),
      },
    ],
    [
      'windowsChanged',
      'a window was edited',
      { brief: { ...held, lastLook: lookBefore(read(open)) }, windows: read(notYet) },
    ],
    [
      'windowsChanged',
      'the windows can be read no more',
      { brief: quiet, windows: { ...read(), areReadable: false } },
    ],
    [
      'windowsChanged',
      'something is left out of one since',
      { brief: { ...held, lastLook: lookBefore(read(notYet)) }, windows: read(leftOutOf(notYet, 'e1')) },
    ],
    [
      'windowsChanged',
      'what was left out is so no longer',
      { brief: { ...held, lastLook: lookBefore(read(leftOutOf(notYet, 'e1'))) }, windows: read(notYet) },
    ],
    ['windowsChanged', 'the mode is another', { brief: quiet, mode: 'observe' }],
    ['news', 'a door wrote something', { brief: { ...quiet, news: 'another' } }],
    known('holdBoundary'),
    known('lookById'),
    known('execution'),
    known('openWork'),
    known('lookFailed'),
    known('period'),
  ])('%s: %s', (because, _why, input) => {
    expect(due(input)).toEqual({ kind: 'look', because });
  });

  test.each([
    ['nothing is held, owned or near', { brief: {} }],
    ['only requests wait, which somebody else is on', { brief: { openRequests: 2 } }],
    ['a window begins in a millisecond', { brief: {}, windows: read(notYet) }],
    ['an execution can be asked for in a millisecond', { brief: { nextExpectedMs: NOW - 2 * HOUR + 1 } }],
    ['the next look is not due yet', { brief: quiet }],
    [
      'the same is left out as at the last look',
      {
        brief: { ...held, lastLook: lookBefore(read(leftOutOf(notYet, 'e1'))) },
        windows: read(leftOutOf(notYet, 'e1')),
      },
    ],
    ['it is so by hand, too', { brief: {}, isByHand: true }],
  ])('and leaves it alone where %s', (_why, input) => {
    expect(due(input)).toEqual({ kind: 'quiet', failure: null });
  });

  test('and says what stood in the way of the last look for as long as the next one has to wait', () => {
    const failure = { code: 'unauthorized', message: 'refused' };
    expect(due({ brief: { ...held, lastLook: lookBefore(read(), { failure }) } })).toEqual({
      kind: 'quiet',
      failure,
    });
  });
});

test('the daily look is the first tick after six, and the first tick ever is none', () => {
  const [before, after] = [at('2026-03-01T05:59:00Z'), at('2026-03-01T06:00:00Z')];
  expect(isDailyLook(before, after)).toBe(true);
  expect(isDailyLook(after, after + HOUR)).toBe(false);
  expect(isDailyLook(null, after)).toBe(false);
});
