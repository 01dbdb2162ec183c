import { type Decided, decideInSteps, type ReadWindows } from '../deciding/decide.ts';
import type { PersonsWord } from '../deciding/decideReport.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { isLiveAt } from '../model/hold.ts';
import type { Observation } from '../model/ownership.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import { runInSlices } from '../time/steps.ts';
import { lookById, type Observed, observeReports } from './observeReports.ts';
import type { HeldRun, RunContext } from './runContext.ts';

export function observe(run: HeldRun, snapshot: AccountSnapshot, scope: ReadonlySet<string> | null) {
  const nowMs = run.clock.now();
  const isInScope = (reportId: string) => scope === null || scope.has(reportId);
  const wanted = snapshot.holds
    .filter(({ hold }) => isLiveAt(hold, nowMs) && isInScope(hold.reportId))
    .map(({ hold }) => hold.reportId);
  return observeReports({
    client: run.client,
    clock: run.clock,
    call: { correlationId: run.correlationId, signal: run.signal, deadlineMs: run.deadlineMs },
    ownerships: new Map([...snapshot.ownerships].filter(([reportId]) => isInScope(reportId))),
    learned: snapshot.facts.learned,
    wanted: new Set(wanted),
    asked: new Set([...snapshot.statements.keys()].filter(isInScope)),
    concurrency: run.account.maxConcurrency,
  });
}

/** Looks by id of one run at reports that are found paused, at most; the rest wait for the next. */
const MAX_STRANGERS_LOOKED_AT = 200;

/** A pause is somebody else's only by a read by id: what the list alone shows paused is read before it is told so. */
export async function decideSurely(
  run: HeldRun,
  {
    windows,
    snapshot,
    observed,
    scope,
  }: {
    readonly windows: ReadWindows;
    readonly snapshot: AccountSnapshot;
    readonly observed: Observed;
    readonly scope: ReadonlySet<string> | null;
  },
): Promise<Decided> {
  const decided = await decideNow(run, windows, snapshot, observed.observations);
  const unsure = unsureOf(decided, observed, scope);
  if (unsure.length === 0) {
    return decided;
  }
  const call = { correlationId: run.correlationId, signal: run.signal, deadlineMs: run.deadlineMs };
  const observations = new Map(observed.observations);
  await forEachConcurrently(unsure, run.account.maxConcurrency, async (reportId) => {
    const look = await lookById({ ...run, call }, reportId, '');
    if (look.ok) {
      observations.set(reportId, look.observation);
    }
  });
  return decideNow(run, windows, snapshot, observations);
}

/** Reports that are not ours, and that only a read by id may speak of: found paused, or asked about by somebody. */
function unsureOf(
  { decisions }: Decided,
  { observations }: Observed,
  scope: ReadonlySet<string> | null,
): readonly string[] {
  const isRead = (reportId: string) => {
    const observation = observations.get(reportId);
    return observation?.kind === 'notFound' || (observation?.kind === 'seen' && observation.by === 'id');
  };
  const unsure = decisions.flatMap(({ reportId, action, reason, ownership }) => {
    const isAsked = scope?.has(reportId) === true && action === 'none';
    const isFound = scope === null && reason === 'fresh_read_awaited';
    return ownership === null && (isAsked || isFound) ? [reportId] : [];
  });
  const decided = new Set(decisions.map(({ reportId }) => reportId));
  const unknown = [...(scope ?? [])].filter((reportId) => !decided.has(reportId));
  return [...unsure, ...unknown].filter((reportId) => !isRead(reportId)).slice(0, MAX_STRANGERS_LOOKED_AT);
}

/** Decides from what is known now, in parts, so that very many reports keep nobody else waiting. */
export async function decideNow(
  run: RunContext,
  windows: ReadWindows,
  snapshot: AccountSnapshot,
  observations: ReadonlyMap<string, Observation>,
): Promise<Decided> {
  const steps = decideInSteps({
    nowMs: run.clock.now(),
    windows,
    holds: snapshot.holds.map(({ hold }) => hold),
    ownerships: snapshot.ownerships,
    words: wordsOf(snapshot),
    learned: snapshot.facts.learned,
    observations,
    mode: run.mode,
    tickInMs: run.tickInMs,
  });
  return await runInSlices(steps, run.giveWay);
}

/** What people said about whose pause it is, with who said it. Pure. */
export function wordsOf({ statements }: AccountSnapshot): ReadonlyMap<string, PersonsWord> {
  return new Map([...statements].map(([id, { whose, by, why }]) => [id, { whose, why: `${by}: ${why}` }]));
}
