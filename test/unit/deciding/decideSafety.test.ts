import fc from 'fast-check';
import { type DecideInput, decide } from '../../../shared/deciding/decide.ts';
import { anyWorld } from './anyWorld.ts';
import { always, isHeld, keyOf, runs } from './decisionsOfAnyWorld.ts';

function statusSeen(world: DecideInput, reportId: string): string | null {
  const observation = world.observations.get(reportId);
  return observation?.kind === 'seen' ? observation.report.reportStatus : null;
}

describe('whatever the ledger and the API show', () => {
  test('only a report seen paused that the ledger says is ours is resumed', () => {
    always(({ reportId, action, ownership }, world) => {
      if (action === 'resume') {
        expect(world.ownerships.has(reportId)).toBe(true);
        expect(ownership?.kind).toBe('paused');
        expect(statusSeen(world, reportId)).toBe('Paused');
      }
    });
  });

  test('only a report seen active is paused: never one that is inactive, paused or out of sight', () => {
    always(({ reportId, action }, world) => {
      if (action === 'pause') {
        expect(statusSeen(world, reportId)).toBe('Active');
      }
    });
  });

  test('a foreign pause is never touched nor claimed, and no live hold is left on it', () => {
    always((decision, world) => {
      const { reportId, action, ownership } = decision;
      const isForeign = !world.ownerships.has(reportId) && statusSeen(world, reportId) === 'Paused';
      if (isForeign && world.mode !== 'off') {
        expect([action, ownership, isHeld(decision)]).toEqual(['none', null, false]);
      }
    });
  });

  test('a hold without effect never takes effect again', () => {
    always(({ holds }, world) => {
      const without = new Set(world.holds.filter(({ state }) => state !== 'live').map(keyOf));
      expect(holds.filter((hold) => hold.state === 'live' && without.has(keyOf(hold)))).toEqual([]);
    });
  });

  test('a doubtful pause stays doubtful and untouched until a person settles it', () => {
    always(({ reportId, action, ownership }, world) => {
      const isDoubtful = world.ownerships.get(reportId)?.kind === 'doubtful';
      if (isDoubtful && statusSeen(world, reportId) === 'Paused' && !world.takeOvers.has(reportId)) {
        expect([action, ownership?.kind]).toEqual(['none', 'doubtful']);
      }
    });
  });

  test('a pause of ours is given up only for what was seen: a human, its end, or 404', () => {
    const reasons = ['exhausted', 'gone', 'manual_pause_respected', 'manual_resume_respected', 'hold_began'];
    always(({ reportId, ownership, reason }, world) => {
      const wasPaused = world.ownerships.get(reportId)?.kind === 'paused';
      if (wasPaused && ownership === null) {
        expect(reasons).toContain(reason);
      }
    });
  });

  test('observing pauses nothing, off does nothing at all', () => {
    always((decision, world) => {
      const { action } = decision;
      expect(world.mode === 'observe' && action === 'pause').toBe(false);
      expect(world.mode === 'off' && action !== 'none').toBe(false);
    });
  });

  test('each report that is held, owned or seen gets one decision', () => {
    const property = fc.property(anyWorld, (world) => {
      const { decisions, holdChanges } = decide(world);
      const ids = decisions.map(({ reportId }) => reportId);
      const held = holdChanges.holds.map(({ reportId }) => reportId);
      const expected = new Set([...held, ...world.ownerships.keys(), ...world.observations.keys()]);
      expect(ids.toSorted()).toEqual([...expected].sort());
    });
    fc.assert(property, runs);
  });
});
