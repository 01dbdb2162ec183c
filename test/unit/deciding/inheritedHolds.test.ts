import { reportIdOf } from '../windows/sampleReport.ts';
import { brief, FROM, held, wanted } from './sampleHolds.ts';
import { HOUR, NOW } from './sampleSituation.ts';

describe('a window that is renamed or edited while a human has decided otherwise', () => {
  const renamed = [wanted('renamed')];

  test.each(['foreign', 'dropped', 'live'] as const)('renamed, its %s hold goes on as such', (state) => {
    expect(brief({ holds: [held('load', { state })], desired: renamed }).opened).toEqual([
      `renamed ${state}`,
    ]);
  });

  test('its start edited, the same', () => {
    const desired = [wanted('load', { fromMs: FROM + 1 })];
    expect(brief({ holds: [held('load', { state: 'dropped' })], desired })).toMatchObject({
      holds: ['load dropped'],
      closed: ['load dropped window_no_longer_covers'],
    });
  });

  test('two renamed at once, each takes the state of the one that began with it, so that nothing is resumed', () => {
    const holds = [held('a', { state: 'foreign' }), held('b', { fromMs: FROM + HOUR / 2 })];
    const desired = [wanted('c', { fromMs: FROM + HOUR / 2 }), wanted('d')];
    for (const order of [holds, holds.toReversed()]) {
      expect(brief({ holds: order, desired }).opened).toEqual(['c live', 'd foreign']);
    }
  });

  test('its start edited, it takes its own state and not that of another window that began just then', () => {
    const other = held('other', { fromMs: FROM + 1 });
    const desired = [wanted('load', { fromMs: FROM + 1 })];
    for (const [own, others] of [
      ['foreign', 'live'],
      ['live', 'foreign'],
    ] as const) {
      const holds = [held('load', { state: own }), { ...other, state: others }];
      expect(brief({ holds, desired }).opened).toEqual([`load ${own}`]);
    }
  });

  test('one of several without effect is a human’s word; one that is live keeps the report held', () => {
    const desired = [wanted('c', { fromMs: FROM + 1 })];
    const holds = [held('a', { state: 'foreign' }), held('b', { state: 'dropped' })];
    for (const order of [holds, holds.toReversed()]) {
      expect(brief({ holds: order, desired }).opened).toEqual(['c dropped']);
      expect(brief({ holds: [...order, held('e')], desired }).opened).toEqual(['c live']);
    }
  });

  test('the next occurrence of the same window starts anew', () => {
    const holds = [held('load', { state: 'dropped', untilMs: NOW })];
    expect(brief({ holds, desired: [wanted('load', { fromMs: NOW })] }).opened).toEqual(['load live']);
  });

  test('another report’s hold gives no state', () => {
    const holds = [held('load', { state: 'dropped', reportId: reportIdOf(2) })];
    expect(brief({ holds, desired: renamed }).opened).toEqual(['renamed live']);
  });
});
