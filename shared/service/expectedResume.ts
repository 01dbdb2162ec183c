import type { Decided } from '../deciding/decide.ts';
import type { Mode, ReportDecision } from '../deciding/decideReport.ts';
import type { WindowState } from '../deciding/desiredHolds.ts';
import { type Hold, isLiveAt } from '../model/hold.ts';
import type { Observation } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { inSteps, PIECES_PER_OCCURRENCE, remembered, type Steps } from '../time/steps.ts';
import { hasEnd, nextOccurrence, occurrenceAt } from '../windows/occurrences.ts';
import { type ExemptReport, selectForWindow } from '../windows/selectForWindow.ts';
import type { Window } from '../windows/window.ts';

/**
 * Why a report is expected back when it is.
 * - `holds_end`: at that instant the last hold ends, and no window goes on from there.
 * - `nothing_holds_it`: the next run resumes it.
 * - `when_asked`: a hold, or a window that goes on with it, has no end.
 * - `windows_without_gap`: windows follow one another for as far as was looked.
 * - `not_ours`, `doubtful`, `mode_off`: we do not bring it back.
 */
export type ExpectedResumeReason =
  | 'holds_end'
  | 'nothing_holds_it'
  | 'when_asked'
  | 'windows_without_gap'
  | 'not_ours'
  | 'doubtful'
  | 'mode_off';

/** When a report comes back by us, and why then; null where no instant can be told. */
export interface ExpectedResume {
  readonly atMs: number | null;
  readonly reason: ExpectedResumeReason;
}

/** How far windows are followed after the end of what holds now. */
const HORIZON_IN_MS = 400 * 86_400_000;
const MAX_LINKS = 400;

/** What is expected of a report, or the steps after which it can be asked again: reports share what is computed. */
export type Expectation = (decision: ReportDecision) => ExpectedResume | Steps<object>;

/**
 * When each report of a decision comes back: follows its holds from one to the next by the rules of `decide`, the gap of
 * less than a tick included, and by the windows as they are configured now. Pure.
 */
export function createExpectation(known: {
  readonly nowMs: number;
  readonly mode: Mode;
  readonly tickInMs: number;
  readonly decided: Decided;
  readonly observations: ReadonlyMap<string, Observation>;
}): Expectation {
  const { nowMs, mode, tickInMs, decided } = known;
  const occurrencesOfNow = new Map(decided.windowStates.map((state) => [state.window, state.occurrence]));
  const windows = [...occurrencesOfNow.keys()];
  const endless = endlessWindows(windows);
  const reports = [...known.observations.values()].flatMap((one) =>
    one.kind === 'seen' ? [one.report] : [],
  );
  const states = new Map(decided.windowStates.map((state) => [state.window, state]));
  const meantBy = remembered((window: Window) =>
    meantInSteps(window, states.get(window) ?? null, { reports, nowMs }),
  );
  const linksAt = remembered(function* (atMs: number): Steps<readonly Link[]> {
    // While observing, no window begins to hold what is ours.
    const beginning = mode === 'act' ? windows : [];
    const links: Link[] = [];
    yield* inSteps(
      beginning,
      (window) => {
        const next = nextOccurrence(window, atMs);
        const soon = next !== null && next.fromMs <= atMs + tickInMs ? next : null;
        for (const occurrence of [occurrenceAt(window, atMs), soon]) {
          if (occurrence === null) continue;
          const isOfNow = occurrence.fromMs === occurrencesOfNow.get(window)?.fromMs;
          // What the occurrence of now holds stands in the ledger; of the rest it takes in what is left out of it today.
          if (!isOfNow || (states.get(window)?.exempt.length ?? 0) > 0) {
            const untilMs = hasEnd(window) ? (occurrence.untilMs ?? NEVER) : NEVER;
            links.push({ window, isOfNow, untilMs });
          }
        }
      },
      PIECES_PER_OCCURRENCE,
    );
    return links;
  });

  /** What is expected, or what must be computed before it can be told. */
  function follow(reportId: string, holds: readonly Hold[]): ExpectedResume | Steps<object> {
    let untilMs = nowMs;
    for (const hold of holds) {
      if (isLiveAt(hold, nowMs)) untilMs = Math.max(untilMs, endOfHold(hold, endless));
    }
    const horizonMs = untilMs + HORIZON_IN_MS;
    for (let count = 0; count < MAX_LINKS && untilMs < horizonMs; count += 1) {
      const links = linksAt.known(untilMs);
      if (links === undefined) return linksAt.get(untilMs);
      let nextMs = untilMs;
      for (const link of links) {
        const meant = meantBy.known(link.window);
        if (meant === undefined) return meantBy.get(link.window);
        const takenInMs = takesInFrom(link, meant.get(reportId), holds);
        if (takenInMs !== null && takenInMs <= untilMs + tickInMs) nextMs = Math.max(nextMs, link.untilMs);
      }
      if (nextMs === untilMs) {
        return untilMs > nowMs
          ? { atMs: untilMs, reason: 'holds_end' }
          : { atMs: null, reason: 'nothing_holds_it' };
      }
      untilMs = nextMs;
    }
    return { atMs: null, reason: untilMs === NEVER ? 'when_asked' : 'windows_without_gap' };
  }

  return ({ reportId, action, ownership, holds }) => {
    if (ownership === null && action !== 'pause') return { atMs: null, reason: 'not_ours' };
    if (ownership?.kind === 'doubtful') return { atMs: null, reason: 'doubtful' };
    if (mode === 'off') return { atMs: null, reason: 'mode_off' };
    return follow(reportId, holds);
  };
}

/** Computes what is missing until the expectation can be told. */
export function* expectInSteps(expect: Expectation, decision: ReportDecision): Steps<ExpectedResume> {
  for (;;) {
    const expected = expect(decision);
    if ('reason' in expected) return expected;
    yield* expected;
  }
}

/** A window that goes on with what is held at some instant. */
interface Link {
  readonly window: Window;
  /** Whether it is the occurrence that is open now. */
  readonly isOfNow: boolean;
  readonly untilMs: number;
}

/**
 * From when the occurrence takes a report in, by the instant until which an exemption leaves it out (0 where none does); null where
 * it does not. A hold without effect keeps the occurrence of now from it for good.
 */
function takesInFrom(
  { window, isOfNow }: Link,
  exemptUntilMs: number | undefined,
  holds: readonly Hold[],
): number | null {
  if (exemptUntilMs === undefined || !isOfNow) {
    return exemptUntilMs ?? null;
  }
  const isOfWindow = ({ holder }: Hold) => holder.kind === 'window' && holder.window === window.name;
  return exemptUntilMs === 0 || holds.some((hold) => isOfWindow(hold) && hold.state !== 'live')
    ? null
    : exemptUntilMs;
}

const NEVER = Number.POSITIVE_INFINITY;

/** What an occurrence of the window that has yet to begin takes in, and from when: 0 where nothing leaves it out. */
function* meantInSteps(
  window: Window,
  state: Pick<WindowState, 'takesIn' | 'overLimit' | 'exempt'> | null,
  { reports, nowMs }: { readonly reports: readonly Report[]; readonly nowMs: number },
): Steps<ReadonlyMap<string, number>> {
  if (state !== null && state.takesIn !== null) {
    return fromWhen(state.takesIn, state.overLimit ? [] : state.exempt);
  }
  const { selected, unknownIds, overLimit, exempt } = yield* selectForWindow(window, reports, nowMs);
  const ids = [...selected.map(({ reportId }) => reportId), ...unknownIds];
  return overLimit ? new Map() : fromWhen(ids, exempt);
}

function fromWhen(ids: readonly string[], exempt: readonly ExemptReport[]): ReadonlyMap<string, number> {
  const from = new Map(ids.map((reportId) => [reportId, 0]));
  for (const { reportId, exemption } of exempt) from.set(reportId, exemption.untilMs);
  return from;
}

/** Names of the windows that have no end. */
export function endlessWindows(windows: readonly Window[]): ReadonlySet<string> {
  return new Set(windows.filter((window) => !hasEnd(window)).map(({ name }) => name));
}

/** When a hold ends; never where it has no end, or its window has none: its next occurrence goes on with it. */
export function endOfHold({ holder, untilMs }: Hold, endless: ReadonlySet<string>): number {
  return untilMs === null || (holder.kind === 'window' && endless.has(holder.window)) ? NEVER : untilMs;
}
