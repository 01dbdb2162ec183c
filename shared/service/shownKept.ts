import type { KeptOccurrence } from '../ledger/occurrenceHistory.ts';
import { MAX_NOTABLE, type OccurrenceTally, type TallyState, tallyStates } from '../model/occurrenceTally.ts';
import { isNotable } from '../running/tallyNotable.ts';
import { utcText } from '../windows/formatInstant.ts';
import { pastOccurrenceInWords } from './pastOccurrenceInWords.ts';
import type { ShownPastOccurrence } from './shownPastOccurrence.ts';
import { type ShownWord, spanInZone } from './shownWindow.ts';

/** An occurrence as it is kept, as people are shown it. `timeZone` is that of its window where nothing else says it. Pure. */
export function shownKept(
  kept: KeptOccurrence,
  {
    account,
    timeZone,
    nowMs,
  }: { readonly account: string; readonly timeZone: string; readonly nowMs: number },
): ShownPastOccurrence {
  const { window, fromMs, tally, missed, begin, end } = kept;
  const zone = tally?.timeZone ?? missed?.timeZone ?? timeZone;
  const untilMs = tally === null ? (missed?.untilMs ?? end?.dueMs ?? null) : tally.untilMs;
  const begunMs = begin?.actedMs ?? tally?.heldSinceMs ?? null;
  const endedMs = end?.actedMs ?? (missed === null ? (tally?.overSinceMs ?? null) : null);
  const shown = {
    ...{ account, window },
    ...spanInZone(zone, fromMs, untilMs),
    state: stateOf(kept, nowMs),
    begunUtc: begunMs === null ? null : utcText(begunMs),
    begunLateInSeconds: begin === null ? null : Math.round(begin.lateInMs / 1000),
    begunByRunId: begin?.runId ?? null,
    endedUtc: endedMs === null ? null : utcText(endedMs),
    endedLateInSeconds: end === null ? null : Math.round(end.lateInMs / 1000),
    endedByRunId: end?.runId ?? null,
    said: tally?.said == null ? null : shownSaid(tally.said, fromMs),
    ...shownReports(tally),
    problem: tally?.problem ?? null,
  };
  return { ...shown, inWords: pastOccurrenceInWords(shown, zone) };
}

function stateOf({ tally, missed }: KeptOccurrence, nowMs: number): ShownPastOccurrence['state'] {
  if (tally === null) return missed === null ? 'unknown' : 'missed';
  if (!tally.isOver) return tally.untilMs !== null && tally.untilMs <= nowMs ? 'ending' : 'open';
  return (tally.ids.owed ?? tally.ids.doubtful ?? tally.ids.underWay) === undefined ? 'done' : 'ending';
}

function shownSaid(said: NonNullable<OccurrenceTally['said']>, fromMs: number): ShownWord {
  return {
    what: said.what,
    fromUtc: utcText(fromMs),
    untilUtc: utcText(said.untilMs),
    who: said.by,
    why: said.why,
    saidUtc: utcText(said.atMs),
  };
}

/** A report that we paused, whatever became of it. */
const PAUSED_BY_US: readonly TallyState[] = ['paused', 'resumed', 'stillHeld', 'owed', 'resumedByPerson'];

function shownReports(
  tally: OccurrenceTally | null,
): Pick<ShownPastOccurrence, 'counts' | 'executions' | 'reports' | 'moreReports'> {
  const countOf = (state: TallyState) => (tally?.counts[state] ?? 0) + (tally?.ids[state]?.length ?? 0);
  const counts: Record<TallyState | 'everPaused', number> = {
    everPaused: PAUSED_BY_US.reduce((sum, state) => sum + countOf(state), 0),
    ...{ underWay: 0, paused: 0, resumed: 0, stillHeld: 0, owed: 0, foreign: 0, resumedByPerson: 0 },
    ...{ doubtful: 0, inactive: 0, notFound: 0, failed: 0 },
  };
  for (const state of tallyStates) counts[state] = countOf(state);
  const notable = tally?.notable ?? [];
  const all = tallyStates.filter(isNotable).reduce((sum, state) => sum + counts[state], 0);
  const named = notable.filter(({ state }) => isNotable(state)).length;
  const { first = null, ...sums } = tally?.executions ?? noExecutions;
  return {
    counts,
    executions: {
      ...{ missed: sums.missed, missedReports: sums.missedReports, awaited: tally?.awaited.length ?? 0 },
      ...{ completed: sums.completed, missing: sums.missing, pausedAgain: sums.pausedAgain },
      first:
        first === null
          ? null
          : {
              ...{ reportId: first.reportId, reportName: first.reportName },
              completedUtc: utcText(first.completedMs),
            },
    },
    reports: notable.slice(0, MAX_NOTABLE).map(({ state, ...rest }) => ({ ...rest, outcome: state })),
    moreReports: Math.max(0, all - named),
  };
}

const noExecutions = {
  ...{ missed: 0, missedReports: 0, completed: 0, missing: 0, pausedAgain: 0 },
  first: null,
} as const;
