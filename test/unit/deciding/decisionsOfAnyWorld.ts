import fc from 'fast-check';
import { isLong, seedFor } from '../../../build/sample.ts';
import { type DecideInput, decide } from '../../../shared/deciding/decide.ts';
import type { ReportDecision } from '../../../shared/deciding/decideReport.ts';
import { type Hold, isLiveAt } from '../../../shared/model/hold.ts';
import { anyWorld } from './anyWorld.ts';
import { NOW } from './sampleSituation.ts';

/** The worlds of a run of the tests. */
export const runs = isLong
  ? { seed: 20260301, numRuns: 1_500 }
  : { seed: seedFor('worlds') | 0, numRuns: 300 };

/** Checks every decision of any world. */
export function always(holds: (decision: ReportDecision, world: DecideInput) => void): void {
  const property = fc.property(anyWorld, (world) => {
    for (const decision of decide(world).decisions) {
      holds(decision, world);
    }
  });
  fc.assert(property, runs);
}

/** One hold of one report. */
export function keyOf({ reportId, holdId }: Hold): string {
  return `${reportId} ${holdId}`;
}

/** True where one of the holds wants the report paused. */
export function isHeld({ holds }: Pick<ReportDecision, 'holds'>): boolean {
  return holds.some((hold) => isLiveAt(hold, NOW));
}
