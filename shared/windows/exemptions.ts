import { type Exemption, isExemptingAt } from '../model/exemption.ts';
import type { Report } from '../model/report.ts';
import type { ReportSelector } from '../model/reportSelector.ts';
import { compileNamePattern } from './namePattern.ts';
import type { Window } from './window.ts';

/**
 * The windows of one account with what people left out of them: from here on all that asks what they select gets it. Only what
 * counts at `atMs` or may later; what is over by then is left away. Pure.
 */
export function leavingOut(
  windows: readonly Window[],
  all: readonly Exemption[],
  atMs: number,
): readonly Window[] {
  const alive = all.filter((exemption) => isExemptingAt(exemption, atMs));
  if (alive.length === 0) {
    return windows;
  }
  const ofAll = alive.filter((exemption) => exemption.windows === null);
  const named = new Set(alive.flatMap((exemption) => exemption.windows ?? []));
  return windows.map((window) => {
    const exemptions = named.has(window.name)
      ? alive.filter((one) => one.windows === null || one.windows.includes(window.name))
      : ofAll;
    return exemptions.length === 0 ? window : { ...window, exemptions };
  });
}

/** A report as exemptions are held against it; of one that is not shown nothing but its id is known. */
interface Candidate {
  readonly reportId: string;
  readonly shown: { readonly report: Report; readonly foldedName: string } | null;
}

/** Which exemption leaves a report out of the window at an instant: of several the one that ends last. */
export interface LeavesOut {
  /** What it costs to ask, in pieces of a step. */
  readonly weight: number;
  of(candidate: Candidate): Exemption | null;
}

/** Pure. Null where nothing is left out of the window at that instant. */
export function leavesOutAt({ exemptions = [] }: Pick<Window, 'exemptions'>, atMs: number): LeavesOut | null {
  const alive = exemptions
    .filter((exemption) => isExemptingAt(exemption, atMs))
    .toSorted((one, other) => other.untilMs - one.untilMs);
  return alive.length === 0
    ? null
    : { weight: alive.length, of: (candidate) => alive.find((one) => meansOf(one)(candidate)) ?? null };
}

type Means = (candidate: Candidate) => boolean;

/** Made once of each, since many windows and reports ask. */
const known = new WeakMap<Exemption, Means>();

function meansOf(exemption: Exemption): Means {
  const means = known.get(exemption) ?? compiled(exemption.reports);
  known.set(exemption, means);
  return means;
}

/** Unlike a window, it means reports that run once too: who says all of them leaves none in. */
function compiled(selector: ReportSelector): Means {
  if (selector.kind === 'ids') {
    const ids = new Set(selector.reportIds.map((id) => id.toLowerCase()));
    return ({ reportId }) => ids.has(reportId.toLowerCase());
  }
  const { all, namePattern, queryId } = selector;
  if (all) {
    return () => true;
  }
  if (namePattern === null && queryId === null) {
    return () => false;
  }
  const hasName = namePattern === null ? () => true : compileNamePattern(namePattern);
  const wantedQuery = queryId?.toLowerCase() ?? null;
  return ({ shown }) =>
    shown !== null &&
    (wantedQuery === null || shown.report.queryId.toLowerCase() === wantedQuery) &&
    hasName(shown.foldedName);
}
