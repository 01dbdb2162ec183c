import type { Hold } from '../model/hold.ts';
import { isLiveAt, isOverAt } from '../model/hold.ts';
import type { LearnedFacts, Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { inSteps, runSteps, type Steps } from '../time/steps.ts';
import type { Window } from '../windows/window.ts';
import {
  decideReport,
  type Mode,
  type PersonsWord,
  type ReportDecision,
  type ReportSituation,
} from './decideReport.ts';
import { lookAtWindow, type WindowState } from './desiredHolds.ts';
import { type DesiredHold, type HoldChanges, reconcileInSteps, windowHoldId } from './reconcileHolds.ts';

/** The windows of one account as they could be read. */
export interface ReadWindows {
  /** False where some could not be read: then the holds of any window that is not listed freeze. */
  readonly areReadable: boolean;
  readonly windows: readonly Window[];
  /** Present but invalid: their holds freeze. */
  readonly invalidNames: readonly string[];
}

/** Everything the decision about one account depends on. */
export interface DecideInput {
  readonly nowMs: number;
  readonly windows: ReadWindows;
  readonly holds: readonly Hold[];
  readonly ownerships: ReadonlyMap<string, Ownership>;
  /** What people said about whose pause it is, by report id. */
  readonly words: ReadonlyMap<string, PersonsWord>;
  readonly learned: LearnedFacts;
  /** What the list showed, and 404s by id. */
  readonly observations: ReadonlyMap<string, Observation>;
  readonly mode: Mode;
  readonly tickInMs: number;
}

/** What shall be so. One decision per report that is held, owned or seen. */
export interface Decided {
  readonly holdChanges: HoldChanges;
  readonly windowStates: readonly WindowState[];
  readonly situations: ReadonlyMap<string, ReportSituation>;
  readonly decisions: readonly ReportDecision[];
}

/**
 * Decides what should be from now, windows, ledger and what the API shows. Pure: the executor, the plan, the
 * forecast and observe mode all ask this function and no other.
 */
export function decide(input: DecideInput): Decided {
  return runSteps(decideInSteps(input));
}

/** The same in steps, for whoever must let others have their turn in between. */
export function* decideInSteps(input: DecideInput): Steps<Decided> {
  const { nowMs, windows, observations, tickInMs } = input;
  const reports = [...observations.values()].flatMap(reportOf);
  const heldIds = heldIdsByWindow(input);
  const quiet = new Set(input.holds.filter((hold) => isQuietAt(hold, nowMs)).map(keyOf));
  const isQuiet = (one: DesiredHold) =>
    quiet.has(keyOf({ reportId: one.reportId, holdId: windowHoldId(one) }));
  const windowStates: WindowState[] = [];
  for (const window of windows.windows) {
    const heldByIt = heldIds.get(window.name) ?? new Set();
    windowStates.push(yield* lookAtWindow({ window, reports, heldIds: heldByIt, isQuiet, nowMs, tickInMs }));
  }
  const known = new Set(input.holds.map(keyOf));
  const desired: DesiredHold[] = [];
  for (const state of windowStates) {
    yield* inSteps(state.desired, (one) => {
      if (
        mayOpen(input, one.reportId) ||
        known.has(keyOf({ reportId: one.reportId, holdId: windowHoldId(one) }))
      )
        desired.push(one);
    });
  }
  const isFrozen = frozenIn(windows);
  const holdChanges = yield* reconcileInSteps({ nowMs, holds: input.holds, desired, isFrozen });
  const situations = yield* situationsOf(input, holdChanges, beginningSoon(input, windowStates));
  const decisions: ReportDecision[] = [];
  yield* inSteps(situations.values(), (situation) => decisions.push(decideReport(situation)));
  return { holdChanges, windowStates, situations, decisions };
}

/** While observing, what is ours goes back at the end of the holds it has; new ones only tell what would be. */
function mayOpen({ mode, ownerships }: DecideInput, reportId: string): boolean {
  return mode === 'act' || !ownerships.has(reportId);
}

/** Reports by the window that holds them, until an end that has not come. */
function heldIdsByWindow({ holds, nowMs }: DecideInput): ReadonlyMap<string, ReadonlySet<string>> {
  const heldIds = new Map<string, Set<string>>();
  for (const hold of holds) {
    if (hold.holder.kind === 'window' && !isOverAt(hold, nowMs)) {
      const ids = heldIds.get(hold.holder.window) ?? new Set();
      heldIds.set(hold.holder.window, ids.add(hold.reportId));
    }
  }
  return heldIds;
}

function keyOf({ reportId, holdId }: Pick<Hold, 'reportId' | 'holdId'>): string {
  return `${reportId} ${holdId}`;
}

/** A hold that a person has left without effect, or ends so, until its end. */
function isQuietAt({ state, ended, untilMs }: Hold, nowMs: number): boolean {
  return (state !== 'live' || ended !== null) && (untilMs === null || nowMs < untilMs);
}

function frozenIn({ windows, invalidNames, areReadable }: ReadWindows): (window: string) => boolean {
  const read = new Set(windows.map(({ name }) => name));
  const invalid = new Set(invalidNames);
  return (window) => invalid.has(window) || !(areReadable || read.has(window));
}

/** Reports that a hold will want within a tick: a window's next, or one written by a clock ahead of ours. */
function beginningSoon(input: DecideInput, windowStates: readonly WindowState[]): ReadonlySet<string> {
  const { nowMs, tickInMs, mode, holds } = input;
  const ahead = holds.filter(
    (hold) => nowMs < hold.fromMs && hold.fromMs <= nowMs + tickInMs && isLiveAt(hold, hold.fromMs),
  );
  // While observing, the next occurrence pauses nothing, so nothing waits for it.
  const ofWindows = mode === 'act' ? windowStates.flatMap((state) => state.soon) : [];
  return new Set([...ofWindows, ...ahead.map(({ reportId }) => reportId)]);
}

function* situationsOf(
  input: DecideInput,
  holdChanges: HoldChanges,
  soon: ReadonlySet<string>,
): Steps<ReadonlyMap<string, ReportSituation>> {
  const holdsOf = new Map<string, Hold[]>();
  yield* inSteps(holdChanges.holds, (hold) => {
    const holds = holdsOf.get(hold.reportId);
    if (holds === undefined) holdsOf.set(hold.reportId, [hold]);
    else holds.push(hold);
  });
  const endedByPerson = new Set(
    holdChanges.closed
      .filter(({ because }) => because === 'ended_by_person')
      .map(({ hold }) => hold.reportId),
  );
  const isAccountBlind = isBlind(input);
  const ids = new Set([...holdsOf.keys(), ...input.ownerships.keys(), ...input.observations.keys()]);
  const situations = new Map<string, ReportSituation>();
  yield* inSteps(ids, (reportId) =>
    situations.set(reportId, {
      nowMs: input.nowMs,
      reportId,
      holds: holdsOf.get(reportId) ?? [],
      ownership: input.ownerships.get(reportId) ?? null,
      observation: input.observations.get(reportId) ?? { kind: 'absent' },
      learned: input.learned,
      nextHoldBeginsSoon: soon.has(reportId) && !endedByPerson.has(reportId),
      word: input.words.get(reportId) ?? null,
      isAccountBlind,
      mode: input.mode,
    }),
  );
  return situations;
}

/** So many of ours must be 404, and this share of them, for the account and not the reports to be at fault. */
const MIN_BLIND = 3;
const BLIND_SHARE = 0.2;

/** Whether so many of ours answer 404 that none of them is taken for gone. Pure. */
export function isBlind({
  ownerships,
  observations,
}: Pick<DecideInput, 'ownerships' | 'observations'>): boolean {
  const ours = [...ownerships.values()].filter(({ kind }) => kind !== 'ended');
  const missing = ours.filter(
    ({ reportId, odd }) => observations.get(reportId)?.kind === 'notFound' || odd?.status === 'notFound',
  ).length;
  return missing >= MIN_BLIND && missing >= BLIND_SHARE * ours.length;
}

function reportOf(observation: Observation): readonly Report[] {
  return observation.kind === 'seen' ? [observation.report] : [];
}
