import { windowHoldId } from '../../../shared/deciding/reconcileHolds.ts';
import { brief, FROM, held, reconcile, UNTIL, wanted } from './sampleHolds.ts';
import { HOUR, holdWith, NOW } from './sampleSituation.ts';

const ENDED = { by: 'someone', why: 'done early', atMs: NOW };

describe('holds follow their windows', () => {
  test('an occurrence that covers now opens its hold, once', () => {
    const { opened, holds } = reconcile({ desired: [wanted('load')] });
    expect(opened).toEqual([held('load', { createdMs: NOW, why: 'maintenance window' })]);
    expect(brief({ holds, desired: [wanted('load')] })).toEqual({
      ...{ holds: ['load live'], opened: [], moved: [], closed: [] },
    });
  });

  test.each(['live', 'foreign', 'dropped'] as const)('a %s hold keeps its state while it lasts', (state) => {
    const holds = [held('load', { state })];
    expect(reconcile({ holds, desired: [wanted('load')] }).holds).toEqual(holds);
  });

  test('an end that moved, either way, moves the hold and nothing else', () => {
    for (const untilMs of [UNTIL + HOUR, NOW + 1]) {
      const { moved, closed, opened } = reconcile({
        holds: [held('load', { state: 'foreign' })],
        desired: [wanted('load', { untilMs })],
      });
      expect(moved).toEqual([held('load', { state: 'foreign', untilMs })]);
      expect([...closed, ...opened]).toEqual([]);
    }
  });

  test('an end that moved on although the old one has come keeps the hold', () => {
    const holds = [held('load', { untilMs: NOW })];
    expect(brief({ holds, desired: [wanted('load')] })).toMatchObject({ moved: ['load live'], closed: [] });
  });

  test('what shall happen on a manual resume is taken from the window, also inside it', () => {
    const desired = [wanted('load', { onManualResume: 'reassert' })];
    const { moved } = reconcile({ holds: [held('load')], desired });
    expect(moved).toEqual([held('load', { onManualResume: 'reassert' })]);
  });

  test('a window that was removed, disabled or excludes the report ends its hold', () => {
    expect(brief({ holds: [held('load')] })).toMatchObject({
      holds: [],
      closed: ['load live window_no_longer_covers'],
    });
  });

  test('a hold whose end has come is over, also of a window that cannot be read', () => {
    const holds = [held('load', { untilMs: NOW }), holdWith({ untilMs: NOW })];
    const closed = ['load live over', '1 live over'];
    expect(brief({ holds })).toMatchObject({ holds: [], closed });
    expect(brief({ holds, isFrozen: () => true })).toMatchObject({ holds: [], closed });
  });

  test('a window of which nothing is known freezes its holds and no others', () => {
    const isFrozen = (window: string) => window === 'broken';
    const holds = [held('broken'), held('removed')];
    expect(brief({ holds, isFrozen, desired: [wanted('good')] })).toEqual({
      ...{ holds: ['broken live', 'good live'], opened: ['good live'], moved: [] },
      closed: ['removed live window_no_longer_covers'],
    });
  });
});

describe('holds of requests', () => {
  test('last until their end, or until somebody ends them, whatever the windows say', () => {
    const open = holdWith();
    const timed = holdWith({ holdId: 'request.2', untilMs: NOW + 1 });
    const ended = holdWith({ holdId: 'request.3', ended: ENDED });
    expect(brief({ holds: [open, timed, ended] })).toMatchObject({
      holds: ['1 live', '2 live'],
      closed: ['3 live ended_by_person'],
    });
  });

  test('that end give their state to no window', () => {
    const holds = [
      holdWith({ state: 'dropped', ended: ENDED }),
      holdWith({ state: 'foreign', untilMs: NOW }),
    ];
    expect(brief({ holds, desired: [wanted('load')] }).opened).toEqual(['load live']);
  });
});

test('a window’s hold that a person ended stays without effect: it does not open again', () => {
  const desired = [wanted('load')];
  const first = reconcile({ holds: [held('load', { ended: ENDED })], desired });
  expect(first.moved).toEqual([held('load', { state: 'dropped' })]);
  expect(brief({ holds: first.holds, desired })).toMatchObject({ holds: ['load dropped'], opened: [] });
});

test('the id of a window’s hold is made of the window and its occurrence', () => {
  expect(windowHoldId(wanted('load'))).toBe(`window.load.${new Date(FROM).toISOString()}`);
});
