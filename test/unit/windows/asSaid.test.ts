import type { OccurrenceEnd } from '../../../shared/model/occurrenceEnd.ts';
import { asSaid, isForgotten } from '../../../shared/windows/asSaid.ts';
import { nextOccurrence, occurrenceAt, occurrencesBetween } from '../../../shared/windows/occurrences.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { recurring, windowWith } from './sampleWindow.ts';

const at = (text: string) => Date.parse(text);
const DAY = 86_400_000;
const nightly = windowWith(recurring('0 22 * * *', 4, 'UTC'));

function word(untilUtc: string, fields: Partial<OccurrenceEnd> = {}): OccurrenceEnd {
  return {
    ...{ window: 'load', fromMs: at('2026-06-10T22:00:00Z'), untilMs: at(untilUtc), said: 'extended' },
    ...{ by: 'Ana', why: 'late', atMs: at('2026-06-10T23:00:00Z'), place: 1 },
    ...fields,
  };
}

const said = (window: Window, ...ends: readonly OccurrenceEnd[]) => asSaid([window], ends)[0] ?? window;
const hours = (window: Window) =>
  occurrencesBetween(window, at('2026-06-09T12:00:00Z'), at('2026-06-13T00:00:00Z'), 10).map(
    ({ fromMs, untilMs }) => ((untilMs ?? Number.POSITIVE_INFINITY) - fromMs) / 3_600_000,
  );

describe('what a person said of one occurrence', () => {
  test('is about that occurrence, and no other window or start', () => {
    expect(hours(said(nightly, word('2026-06-11T05:00:00Z')))).toEqual([4, 7, 4, 4]);
    expect(hours(said(nightly, word('2026-06-10T22:30:00Z')))).toEqual([4, 0.5, 4, 4]);
    expect(hours(said(nightly, word('2026-06-11T05:00:00Z', { window: 'other' })))).toEqual([4, 4, 4, 4]);
    expect(
      hours(said(nightly, word('2026-06-11T05:00:00Z', { fromMs: at('2026-06-10T21:00:00Z') }))),
    ).toEqual([4, 4, 4, 4]);
  });

  test('never reaches past a start that an edit has brought nearer: that occurrence is one of its own', () => {
    const edited = windowWith(recurring('0 22,3 * * *', 4, 'UTC'));
    const window = said(edited, word('2026-06-11T06:00:00Z'));

    expect(occurrenceAt(window, at('2026-06-11T02:59:00Z'))?.untilMs).toBe(at('2026-06-11T03:00:00Z'));
    expect(occurrenceAt(window, at('2026-06-11T05:00:00Z'))?.fromMs).toBe(at('2026-06-11T03:00:00Z'));
  });

  test('ends a window that has no end, and one that happens once', () => {
    const ended = word('2026-06-10T23:00:00Z', { said: 'ended' });
    const standing = said(windowWith(recurring('0 22 10 6 *', null, 'UTC')), ended);
    const once = said(
      windowWith({ kind: 'oneOff', fromMs: ended.fromMs, untilMs: ended.fromMs + DAY, timeZone: 'UTC' }),
      ended,
    );

    for (const window of [standing, once]) {
      expect(occurrenceAt(window, ended.untilMs - 1)?.untilMs).toBe(ended.untilMs);
      expect(occurrenceAt(window, ended.untilMs)).toBeNull();
    }
    expect(nextOccurrence(standing, ended.untilMs)?.fromMs).toBe(at('2027-06-10T22:00:00Z'));
  });

  test.each([
    ['as long as the window would be in it', nightly, '2026-06-11T01:59:00Z', false],
    ['for a while after, since the window may be edited back', nightly, '2026-06-12T22:59:00Z', false],
    ['no longer', nightly, '2026-06-12T23:01:00Z', true],
    [
      'for a month where the window is switched off',
      { ...nightly, enabled: false },
      '2026-07-10T00:00:00Z',
      false,
    ],
    ['no longer than that', { ...nightly, enabled: false }, '2026-07-11T00:00:00Z', true],
  ] as const)('is kept %s', (_how, window, now, isOver) => {
    expect(isForgotten(word('2026-06-10T23:00:00Z', { said: 'ended' }), [window], at(now))).toBe(isOver);
  });
});
