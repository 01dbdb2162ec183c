import type { WindowState } from '../deciding/desiredHolds.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { type Hold, isLiveAt } from '../model/hold.ts';
import { type OccurrenceTally, type TallyState, tallyStates } from '../model/occurrenceTally.ts';
import type { Report } from '../model/report.ts';
import { inSteps, type Steps } from '../time/steps.ts';
import { countExecutionsWithin } from '../windows/executions.ts';
import { occurrenceKey } from '../windows/occurrences.ts';
import { begunTally, type OpenOccurrence } from './begunTally.ts';
import type { FollowedUp } from './followUps.ts';
import type { ReportResult } from './reportResult.ts';
import { followUp } from './tallyFollowUps.ts';
import { notableOf } from './tallyNotable.ts';
import { finalStates, heldState, releasedState } from './tallyState.ts';

/** What a full look knows of the occurrences of an account. */
export interface TallyInput {
  /** The ledger before the look, and as the look left it. */
  readonly before: Pick<AccountSnapshot, 'holds' | 'ownerships' | 'tallies' | 'saidEnds'>;
  readonly after: Pick<AccountSnapshot, 'holds' | 'ownerships' | 'followUps'>;
  readonly windowStates: readonly Pick<WindowState, 'window' | 'occurrence'>[];
  readonly results: ReadonlyMap<string, ReportResult>;
  readonly reports: ReadonlyMap<string, Report>;
  readonly followedUp: ReadonlyMap<string, FollowedUp>;
  /** Why nothing could be done on the account; null where it could. */
  readonly problem: OccurrenceTally['problem'];
  readonly mode: OccurrenceTally['mode'];
  readonly nowMs: number;
}

/** The occurrences of an account after a look. */
export interface Tallied {
  /** Those of which anything can still change, and is not as it was before. */
  readonly changed: readonly OccurrenceTally[];
  /** Those of which nothing can: they belong to the history. */
  readonly settled: readonly OccurrenceTally[];
}

/** So many are followed at once in an account; of an older one it is only counted what became of it by then. */
const MAX_IN_FLIGHT = 100;
/** So many reports of one are followed by their ids: they fit one row. */
const MAX_FOLLOWED = 15_000;
/** What is still owed, doubtful or awaited so long after an occurrence is counted as it is. */
const FOLLOWED_FOR_MS = 40 * 86_400_000;

/**
 * Brings the tallies of the account's occurrences in line with what is so now. By what is so, and not by what was just done: a
 * look that was cut short is made up for by the next. Pure, in steps.
 */
export function* tallyInSteps(input: TallyInput): Steps<Tallied> {
  const known = new Map(input.before.tallies.map((one) => [keyOf(one), one]));
  const holdsBefore = holdsByOccurrence(input.before.holds);
  const holdsAfter = holdsByOccurrence(input.after.holds);
  const open = new Map(
    input.windowStates.flatMap(({ window, occurrence }) =>
      occurrence === null ? [] : [[occurrence.key, { window, occurrence }] as const],
    ),
  );
  const heldNow = new Set(
    input.after.holds.flatMap(({ hold }) => (isLiveAt(hold, input.nowMs) ? [hold.reportId] : [])),
  );
  const changed: OccurrenceTally[] = [];
  const settled: OccurrenceTally[] = [];
  const keys = [...new Set([...known.keys(), ...holdsBefore.keys(), ...open.keys()])];
  for (const key of keys) {
    const holds = { before: holdsBefore.get(key) ?? [], after: holdsAfter.get(key) ?? [] };
    const prior = known.get(key) ?? begunTally(open.get(key), holds.before, input.mode);
    if (prior === null) continue;
    const next = yield* tallyOne(prior, { ...input, holds, open: open.get(key) ?? null, heldNow });
    if (isSettled(next, input.nowMs)) settled.push(counted(next));
    else if (!known.has(key) || JSON.stringify(next) !== JSON.stringify(prior)) changed.push(next);
  }
  return withoutOldest({ changed, settled }, keys.length - settled.length);
}

function keyOf({ window, fromMs }: Pick<OccurrenceTally, 'window' | 'fromMs'>): string {
  return occurrenceKey(window, fromMs);
}

function holdsByOccurrence(holds: AccountSnapshot['holds']): ReadonlyMap<string, readonly Hold[]> {
  const found = new Map<string, Hold[]>();
  for (const { hold } of holds) {
    if (hold.holder.kind !== 'window') continue;
    const key = occurrenceKey(hold.holder.window, Date.parse(hold.holder.occurrence));
    const known = found.get(key);
    if (known === undefined) found.set(key, [hold]);
    else known.push(hold);
  }
  return found;
}

type OneInput = TallyInput & {
  readonly holds: { readonly before: readonly Hold[]; readonly after: readonly Hold[] };
  readonly open: OpenOccurrence | null;
  readonly heldNow: ReadonlySet<string>;
};

function* tallyOne(prior: OccurrenceTally, input: OneInput): Steps<OccurrenceTally> {
  const { holds, open, before, after, results, heldNow, nowMs } = input;
  const was = new Map(
    tallyStates.flatMap((state) => (prior.ids[state] ?? []).map((id) => [id, state] as const)),
  );
  yield* inSteps(holds.before, (hold) => {
    const { reportId } = hold;
    if (!was.has(reportId))
      was.set(reportId, heldState(hold, before.ownerships.get(reportId), undefined, null));
  });
  const held = new Map(holds.after.map((hold) => [hold.reportId, hold]));
  const isOver = prior.isOver || (open === null && held.size === 0);
  const is = new Map<string, TallyState>();
  const missed = new Map<string, number>();
  const cameBack: string[] = [];
  yield* inSteps(new Set([...was.keys(), ...held.keys()]), (id) => {
    const earlier = was.get(id) ?? null;
    const hold = held.get(id);
    const ownership = after.ownerships.get(id);
    const result = results.get(id);
    const state =
      hold === undefined
        ? releasedState(earlier, ownership, result, heldNow.has(id))
        : heldState(hold, ownership, result, earlier);
    is.set(id, state);
    if (earlier !== state && endsPause(state) && (earlier === null || !endsPause(earlier))) {
      const report = input.reports.get(id);
      const { pauseSentMs, readResumedMs } = (ownership ?? before.ownerships.get(id))?.chain ?? noChain;
      const fromMs = Math.max(prior.fromMs, pauseSentMs ?? prior.heldSinceMs ?? prior.fromMs);
      const count = report === undefined ? 0 : countExecutionsWithin(report, fromMs, readResumedMs ?? nowMs);
      if (count > 0) missed.set(id, count);
    }
    if (earlier !== state && state === 'resumed' && after.followUps.has(id)) cameBack.push(id);
  });
  const followed = followUp(prior.executions, [...prior.awaited, ...cameBack], {
    ...after,
    followedUp: input.followedUp,
  });
  const createdMs = [...holds.before, ...holds.after].map((hold) => hold.createdMs);
  const heldSinceMs = prior.heldSinceMs ?? (createdMs.length === 0 ? null : Math.min(...new Set(createdMs)));
  return {
    ...prior,
    ...planned(prior, input),
    ...followed,
    ...grouped(prior, is, isOver),
    heldSinceMs,
    isOver,
    overSinceMs: prior.overSinceMs ?? (isOver ? nowMs : null),
    problem: isOver && prior.isOver ? prior.problem : input.problem,
    executions: {
      ...followed.executions,
      missed: prior.executions.missed + sum(missed.values()),
      missedReports: prior.executions.missedReports + missed.size,
    },
    notable: notableOf(prior.notable, {
      is,
      missed,
      results,
      reports: input.reports,
      ownerships: after.ownerships,
    }),
  };
}

const noChain = { pauseSentMs: null, readResumedMs: null };

/** From then on no execution is lost to the occurrence. */
function endsPause(state: TallyState): boolean {
  return state === 'resumed' || state === 'stillHeld' || state === 'resumedByPerson';
}

/** The end as it is planned now, and who said so. */
function planned(
  { window, fromMs, untilMs, said }: OccurrenceTally,
  { open, before }: OneInput,
): Pick<OccurrenceTally, 'untilMs' | 'said'> {
  const word = before.saidEnds.find(({ end }) => end.window === window && end.fromMs === fromMs)?.end;
  return {
    untilMs: word?.untilMs ?? open?.occurrence.untilMs ?? untilMs,
    said:
      word === undefined
        ? said
        : { what: word.said, by: word.by, why: word.why, atMs: word.atMs, untilMs: word.untilMs },
  };
}

/** While it is on every report is kept by its id; of one that is over those alone that can still change. */
function grouped(
  { counts }: Pick<OccurrenceTally, 'counts'>,
  is: ReadonlyMap<string, TallyState>,
  isOver: boolean,
): Pick<OccurrenceTally, 'counts' | 'ids'> {
  const ids: Partial<Record<TallyState, string[]>> = {};
  const sums: Partial<Record<TallyState, number>> = { ...counts };
  let followed = 0;
  for (const [id, state] of is) {
    if ((isOver && finalStates.has(state)) || followed >= MAX_FOLLOWED) {
      sums[state] = (sums[state] ?? 0) + 1;
    } else {
      followed += 1;
      const some = ids[state] ?? [];
      some.push(id);
      ids[state] = some;
    }
  }
  return { counts: sums, ids };
}

function isSettled({ isOver, overSinceMs, ids, awaited }: OccurrenceTally, nowMs: number): boolean {
  const isOpen = awaited.length > 0 || Object.values(ids).some((some) => some.length > 0);
  return isOver && (!isOpen || nowMs - (overSinceMs ?? nowMs) > FOLLOWED_FOR_MS);
}

/** Without what is followed no more. */
function counted(tally: OccurrenceTally): OccurrenceTally {
  const counts: Partial<Record<TallyState, number>> = { ...tally.counts };
  for (const state of tallyStates) {
    const more = tally.ids[state]?.length ?? 0;
    if (more > 0) counts[state] = (counts[state] ?? 0) + more;
  }
  return { ...tally, counts, ids: {}, awaited: [] };
}

/** A window that opens each minute would leave ever more behind. */
function withoutOldest({ changed, settled }: Tallied, inFlight: number): Tallied {
  const tooMany = Math.max(0, inFlight - MAX_IN_FLIGHT);
  const oldest = changed
    .filter(({ isOver }) => isOver)
    .toSorted((one, other) => one.fromMs - other.fromMs)
    .slice(0, tooMany);
  const gone = new Set(oldest);
  return {
    changed: changed.filter((one) => !gone.has(one)),
    settled: [...settled, ...oldest.map(counted)],
  };
}

function sum(numbers: Iterable<number>): number {
  let all = 0;
  for (const one of numbers) all += one;
  return all;
}
