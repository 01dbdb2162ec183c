import { decideInSteps } from '../deciding/decide.ts';
import type { Exemption } from '../model/exemption.ts';
import { isExemptingAt } from '../model/exemption.ts';
import type { Report } from '../model/report.ts';
import { wordsOf } from '../running/decideAccount.ts';
import { inSteps, PIECES_PER_OCCURRENCE, runInSlices, type Steps } from '../time/steps.ts';
import { leavesOutAt, leavingOut } from '../windows/exemptions.ts';
import { foldedNamesOf, selectInSteps } from '../windows/selectReports.ts';
import type { Window } from '../windows/window.ts';
import type { ExemptionEffect } from './exemptionOutcome.ts';
import { asLookedAt } from './foresee.ts';
import { type AccountView, inputAt, reportsSeen } from './readAccount.ts';
import type { ServiceParts } from './serviceParts.ts';
import type { NamedReports } from './shownExemption.ts';

type View = Extract<AccountView, { ok: true }>;

const MAX_NAMED = 100;

/** What changes when one list of exemptions takes the place of another: decided with each, by the code that ticks decide by. */
export async function effectOfExemptions(
  parts: ServiceParts,
  view: View,
  { before, after }: { readonly before: readonly Exemption[]; readonly after: readonly Exemption[] },
): Promise<ExemptionEffect> {
  const nowMs = parts.clock.now();
  const { snapshot } = view;
  const observations = asLookedAt(view, snapshot, { reportIds: [...view.observations.keys()], nowMs });
  const decidedWith = (exemptions: readonly Exemption[]) => {
    const bare = view.windows.windows.map(({ exemptions: _, ...window }): Window => window);
    const windows = { ...view.windows, windows: leavingOut(bare, exemptions, nowMs) };
    const known = { ...inputAt(parts, { ...view, windows, observations }, nowMs), words: wordsOf(snapshot) };
    return runInSlices(decideInSteps(known), parts.giveWay);
  };
  const [was, is] = [await decidedWith(before), await decidedWith(after)];
  const actions = new Map(was.decisions.map(({ reportId, action }) => [reportId, action]));
  const turned = (to: 'pause' | 'resume') =>
    is.decisions.filter(({ reportId, action }) => action === to && actions.get(reportId) !== to);
  const wasExempt = new Set(was.windowStates.flatMap(({ exempt }) => exempt.map(({ reportId }) => reportId)));
  const newlyExempt = new Set(
    is.windowStates.flatMap(({ exempt }) =>
      exempt.flatMap(({ reportId }) => (wasExempt.has(reportId) ? [] : [reportId])),
    ),
  );
  const statusOf = (reportId: string) => {
    const observation = view.observations.get(reportId);
    return observation?.kind === 'seen' ? observation.report.reportStatus : null;
  };
  const staying = is.decisions.filter(
    ({ reportId, action }) =>
      newlyExempt.has(reportId) && action !== 'resume' && statusOf(reportId) === 'Paused',
  );
  const named = (decisions: readonly { readonly reportId: string }[]) =>
    namedReports(
      decisions.map(({ reportId }) => reportId),
      view,
    );
  return { resumes: named(turned('resume')), pauses: named(turned('pause')), staysPaused: named(staying) };
}

function namedReports(ids: readonly string[], { observations, snapshot }: View): NamedReports {
  const nameOf = (reportId: string) => {
    const observation = observations.get(reportId);
    return observation?.kind === 'seen'
      ? observation.report.reportName
      : (snapshot.ownerships.get(reportId)?.reportName ?? '');
  };
  const reports = ids.slice(0, MAX_NAMED).map((reportId) => ({ reportId, reportName: nameOf(reportId) }));
  return { count: ids.length, reports };
}

/** What each exemption leaves out now of what the windows that it names select, by its id; none of those that are over. */
export function* leftOutByEach(
  view: View,
  exemptions: readonly Exemption[],
  nowMs: number,
): Steps<ReadonlyMap<string, NamedReports>> {
  const alive = exemptions.filter((exemption) => isExemptingAt(exemption, nowMs));
  const reports = reportsSeen(view.observations);
  const nameOf = foldedNamesOf(reports);
  const idsOf = new Map(alive.map(({ id }) => [id, new Set<string>()]));
  for (const { exemptions: _, ...window } of view.windows.windows) {
    const ofIt = alive.filter(({ windows }) => windows?.includes(window.name) ?? true);
    if (!window.enabled || ofIt.length === 0) continue;
    const { selected, unknownIds } = yield* selectInSteps(window, reports);
    for (const exemption of ofIt) {
      const leavesOut = leavesOutAt({ exemptions: [exemption] }, nowMs);
      const ids = idsOf.get(exemption.id);
      const see = (reportId: string, report: Report | null) => {
        const shown = report === null ? null : { report, foldedName: nameOf(report) };
        if ((leavesOut?.of({ reportId, shown }) ?? null) !== null) ids?.add(reportId);
      };
      yield* inSteps(selected, (report) => see(report.reportId, report));
      yield* inSteps(unknownIds, (reportId) => see(reportId, null));
    }
    yield PIECES_PER_OCCURRENCE;
  }
  return new Map([...idsOf].map(([id, ids]) => [id, namedReports([...ids], view)]));
}
