import type { Decided } from '../deciding/decide.ts';
import type { Report } from '../model/report.ts';
import { inSteps, type Steps } from '../time/steps.ts';
import { executionsWithin } from '../windows/executions.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { Occurrence } from '../windows/occurrences.ts';

const MAX_EXECUTIONS = 100;

/** The occurrences that are open, by the reports that their windows mean. */
export function* openOccurrences({
  windowStates,
}: Decided): Steps<ReadonlyMap<string, readonly Occurrence[]>> {
  const openFor = new Map<string, Occurrence[]>();
  for (const { occurrence, desired } of windowStates) {
    if (occurrence !== null) {
      yield* inSteps(desired, ({ reportId }) => {
        const known = openFor.get(reportId);
        if (known === undefined) openFor.set(reportId, [occurrence]);
        else known.push(occurrence);
      });
    }
  }
  return openFor;
}

/** When the report is executed within these occurrences; the first of many. Pure. */
export function executionsIn(report: Report, open: readonly Occurrence[]): readonly string[] {
  const within = ({ fromMs, untilMs }: Occurrence) =>
    executionsWithin(report, fromMs, untilMs ?? Number.POSITIVE_INFINITY, MAX_EXECUTIONS);
  const [first, ...others] = open;
  if (first === undefined) return [];
  // Those of one occurrence come in order, each once.
  if (others.length === 0) return within(first).map(utcText);
  const instants = [...new Set(open.flatMap(within))].sort((one, other) => one - other);
  return instants.slice(0, MAX_EXECUTIONS).map(utcText);
}
