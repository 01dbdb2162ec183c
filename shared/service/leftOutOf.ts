import type { Decided } from '../deciding/decide.ts';
import { inSteps, type Steps } from '../time/steps.ts';
import { utcText } from '../windows/formatInstant.ts';

/** A window that would take a report in but for a person's word. */
export interface LeftOutOf {
  readonly window: string;
  readonly exemptionId: string;
  readonly untilUtc: string;
  readonly who: string;
  readonly why: string;
}

/** Windows that one report is told to be left out of. */
const MAX_LEFT_OUT_OF = 10;

/** What exemptions leave out of windows, by report. */
export function* leftOutOfWindows({
  windowStates,
}: Decided): Steps<ReadonlyMap<string, readonly LeftOutOf[]>> {
  const leftOutOf = new Map<string, LeftOutOf[]>();
  for (const { window, exempt } of windowStates) {
    yield* inSteps(exempt, ({ reportId, exemption: { id, untilMs, by, why } }) => {
      const one = { window: window.name, exemptionId: id, untilUtc: utcText(untilMs), who: by, why };
      const known = leftOutOf.get(reportId);
      if (known === undefined) leftOutOf.set(reportId, [one]);
      else if (known.length < MAX_LEFT_OUT_OF) known.push(one);
    });
  }
  return leftOutOf;
}
