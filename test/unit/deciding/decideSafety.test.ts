import fc from 'fast-check';
import { type DecideInput, decide } from '../../../shared/deciding/decide.ts';
import { anyWorld } from './anyWorld.ts';
import { always, isHeld, keyOf, runs } from './decisionsOfAnyWorld.ts';

/** The status that a read showed, or only a read by id. */
function statusSeen(world: DecideInput, reportId: string, by?: 'id'): string | null {
  const observation = world.observations.get(reportId);
  const isMeant = observation?.kind === 'seen' && (by === undefined || observation.by === by);
  return isMeant ? observation.report.reportStatus : null;
}

/** What a read by id said of it; a list is none. */
function readById(world: DecideInput, reportId: string): string | null {
  return world.observations.get(reportId)?.kind === 'notFound' ? '404' : statusSeen(world, reportId, 'id');
}

describe('whatever the ledger and the API show', () => {
  test('only what the ledger says is ours is resumed, and nothing that a read by id shows otherwise', () => {
    always(({ reportId, action, reason, ownership }, world) => {
      if (action === 'resume' && reason !== 'hidden_since_pause') {
        expect(world.ownerships.has(reportId)).toBe(true);
        expect(ownership?.kind).toBe('paused');
        expect(['Paused', null]).toContain(readById(world, reportId));
      }
    });
  });

  test('a resume is sent unseen only where it is 404, and no read has shown it since our own pause', () => {
    always(({ reportId, reason }, world) => {
      if (reason === 'hidden_since_pause') {
        const { chain, attempts } = world.ownerships.get(reportId) ?? {};
        const readMs = Math.max(chain?.readActiveMs ?? 0, chain?.readPausedMs ?? 0);
        expect(world.observations.get(reportId)?.kind).toBe('notFound');
        expect(readMs).toBeLessThanOrEqual(attempts?.at(-1)?.sentMs ?? 0);
      }
    });
  });

  test('what a read by id shows inactive, paused or missing is never paused', () => {
    always(({ reportId, action }, world) => {
      if (action === 'pause') {
        expect(['Active', null]).toContain(readById(world, reportId));
      }
    });
  });

  test('a foreign pause is never touched nor claimed, and read by id no live hold is left on it', () => {
    always((decision, world) => {
      const { reportId, action, ownership } = decision;
      const isForeign = !world.ownerships.has(reportId) && statusSeen(world, reportId) === 'Paused';
      if (isForeign && world.mode !== 'off') {
        expect([action, ownership]).toEqual(['none', null]);
        expect(readById(world, reportId) === 'Paused' && isHeld(decision)).toBe(false);
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
      if (isDoubtful && statusSeen(world, reportId) === 'Paused' && !world.words.has(reportId)) {
        expect([action, ownership?.kind]).toEqual(['none', 'doubtful']);
      }
    });
  });

  test('a pause of ours is forgotten only where two reads by id showed it active, or a person said so', () => {
    always(({ reportId, ownership }, world) => {
      const before = world.ownerships.get(reportId);
      if (before?.kind === 'paused' && ownership === null) {
        const isAcknowledged = world.words.get(reportId)?.whose === 'theirs';
        const isTwice = readById(world, reportId) === 'Active' && before.odd?.status === 'Active';
        expect(isAcknowledged || isTwice).toBe(true);
      }
    });
  });

  test('a list alone changes nothing about whose pause it is', () => {
    always(({ reportId, ownership }, world) => {
      const before = world.ownerships.get(reportId);
      const isLooked = readById(world, reportId) !== null;
      if (before !== undefined && !isLooked && !world.words.has(reportId) && before.kind !== 'ended') {
        expect(ownership?.kind).toBe(before.kind);
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
