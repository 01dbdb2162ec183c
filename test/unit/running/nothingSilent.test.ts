import fc from 'fast-check';
import { decideReport } from '../../../shared/deciding/decideReport.ts';
import { emptySnapshot } from '../../../shared/ledger/snapshot.ts';
import type { EndedBecause, Observation, OddLook, Ownership } from '../../../shared/model/ownership.ts';
import { alarmsOf } from '../../../shared/running/alarms.ts';
import { HOUR, holdWith, MINUTE, NOW, pausing, seen, situationWith } from '../deciding/sampleSituation.ts';

const TICK = 5 * MINUTE;
const DAY = 24 * HOUR;

/** What one tick finds, and what the rest of the product takes it for, right or wrong. */
interface Tick {
  readonly afterMs: number;
  readonly isHeld: boolean;
  readonly look: 'absent' | 'notFound' | 'Paused' | 'listedPaused' | 'listedActive' | 'listedInactive';
  readonly modifiedMs: number | null;
  readonly verdict: Ownership['kind'] | 'asDecided';
  readonly odd: OddLook['status'] | 'asDecided' | 'none';
  readonly because: EndedBecause;
}

// No look by id ever shows it active or run out: whatever is believed, it may be left paused.
const anyTick: fc.Arbitrary<Tick> = fc.record({
  afterMs: fc.constantFrom(MINUTE, 4 * MINUTE, TICK, HOUR, DAY),
  isHeld: fc.constantFrom(true, false, false),
  look: fc.constantFrom(
    ...(['absent', 'notFound', 'Paused', 'listedPaused', 'listedActive', 'listedInactive'] as const),
  ),
  modifiedMs: fc.constantFrom(null, NOW - DAY, NOW, NOW + DAY),
  verdict: fc.constantFrom(
    ...(['pausing', 'paused', 'resuming', 'resumed', 'doubtful', 'ended', 'asDecided', 'asDecided'] as const),
  ),
  odd: fc.constantFrom('Active', 'Inactive', 'notFound', 'asDecided', 'none'),
  because: fc.constantFrom('not_effective', 'resumed', 'resumed_by_person', 'exhausted', 'gone'),
});

function observationOf({ look, modifiedMs }: Tick, nowMs: number): Observation {
  switch (look) {
    case 'absent':
      return { kind: 'absent' };
    case 'notFound':
      return { kind: 'notFound', readAtMs: nowMs };
    case 'Paused':
      return seen('Paused', { modifiedMs }, nowMs);
    case 'listedPaused':
      return { ...seen('Paused', { modifiedMs }, nowMs), by: 'list' };
    case 'listedActive':
      return { ...seen('Active', { modifiedMs }, nowMs), by: 'list' };
    case 'listedInactive':
      return { ...seen('Inactive', { modifiedMs }, nowMs), by: 'list' };
  }
}

/** The same row, and another opinion of it: all that a verdict may write. */
function judgedAs(ownership: Ownership, { verdict, odd, because }: Tick, nowMs: number): Ownership {
  const { kind: _, ...common } = ownership;
  const kept = { modifiedMs: null, contents: '' };
  const oddLook =
    odd === 'asDecided'
      ? ownership.odd
      : odd === 'none'
        ? null
        : { status: odd, firstMs: nowMs, lastMs: nowMs };
  const judged = { ...common, odd: oddLook };
  switch (verdict) {
    case 'asDecided':
      return ownership;
    case 'pausing':
      return { ...judged, kind: verdict, before: kept, refuted: 0 };
    case 'paused':
      return { ...judged, kind: verdict, kept, owed: null };
    case 'resuming':
      return { ...judged, kind: verdict, kept };
    case 'resumed':
      return { ...judged, kind: verdict, kept };
    case 'doubtful':
      return { ...judged, kind: verdict, because };
    case 'ended':
      return { ...judged, kind: verdict, because, kept, refuted: 0 };
  }
}

/** Whether an alarm names the report; the unheld report is alone in its account. */
function isNamed(ownership: Ownership, observation: Observation, nowMs: number): boolean {
  const { reportId } = ownership;
  const snapshot = { ...emptySnapshot, ownerships: new Map([[reportId, ownership]]) };
  const alarms = alarmsOf({
    ...{ snapshot, observations: new Map([[reportId, observation]]), isListed: true, bridged: new Set() },
    ...{ nowMs, periodInMs: TICK, maxHoldInMs: 365 * DAY },
  });
  return alarms.some(({ event }) => event.reportId === reportId);
}

test('whatever is believed of it, what no read shows active and nothing holds for two periods is never silent', () => {
  let checked = 0;
  const property = fc.property(fc.array(anyTick, { minLength: 2, maxLength: 12 }), (ticks) => {
    let nowMs = NOW;
    let ownership: Ownership = pausing();
    let unheldSinceMs: number | null = null;
    for (const tick of ticks) {
      nowMs += tick.afterMs;
      unheldSinceMs = tick.isHeld ? null : (unheldSinceMs ?? nowMs);
      const observation = observationOf(tick, nowMs);
      const holds = tick.isHeld ? [holdWith()] : [];
      const decided = decideReport(situationWith({ nowMs, holds, ownership, observation }));
      if (decided.events.some(({ name }) => name === 'ReportGone')) {
        return;
      }
      // Nothing closes the net, so nothing takes the row away.
      expect(decided.ownership).not.toBeNull();
      ownership = judgedAs(decided.ownership ?? ownership, tick, nowMs);
      expect(ownership.net.closed).toBeNull();
      if (unheldSinceMs !== null && nowMs - unheldSinceMs >= 2 * TICK) {
        expect(isNamed(ownership, observation, nowMs)).toBe(true);
        checked += 1;
      }
    }
  });
  fc.assert(property, { seed: 20260301, numRuns: 3_000 });
  expect(checked).toBeGreaterThan(1_000);
});
