import { randomUUID } from 'node:crypto';
import type { Decided, ReadWindows } from '../deciding/decide.ts';
import type { ReportDecision } from '../deciding/decideReport.ts';
import type { EventWithFacts, ReportEvent } from '../deciding/reportEvent.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import { asLedgerError, LedgerError } from '../ledger/ledgerError.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Observation } from '../model/ownership.ts';
import { afterAPeriod, holdAtOnce, holdForTick, whenATickWaits, whileRenewing } from './accountTurn.ts';
import { type Acted, actOnReports } from './actOnReports.ts';
import { decideNow, decideSurely, observe } from './decideAccount.ts';
import { dropClosed } from './dropClosed.ts';
import type { FollowUpsSettled } from './followUps.ts';
import { keepLook, type Looked } from './keepLook.ts';
import { tallyWrites } from './keepTallies.ts';
import { boundariesOf } from './lateness.ts';
import { dropNotes } from './notes.ts';
import type { Observed } from './observeReports.ts';
import { offRun } from './offRun.ts';
import { persistDecisions } from './persistDecisions.ts';
import { recordBoundaries } from './recordBoundaries.ts';
import { recordEvents } from './recordEvents.ts';
import { recordHolds } from './recordHolds.ts';
import type { ReportResult } from './reportResult.ts';
import type { HeldRun, RunContext } from './runContext.ts';
import { tellUntold } from './tellUntold.ts';
import { watch } from './watch.ts';

/** What one run did on one account. */
export type AccountRun =
  | {
      readonly kind: 'ran';
      readonly results: readonly ReportResult[];
      readonly events: readonly ReportEvent[];
      /** What the ledger refused after all was done; the next tick cleans up and watches. */
      readonly failure: LedgerError | null;
      readonly decided: Decided;
      /** The state as the ledger had it before the run. */
      readonly snapshot: AccountSnapshot;
      readonly observations: ReadonlyMap<string, Observation>;
      /** Why the account's list could not be believed; what is ours was still looked after by id. */
      readonly listFailure: InsightsFailure | null;
    }
  /** Somebody else holds the account's lease; since when ticks have been waiting for it, where this is one. */
  | { readonly kind: 'busy'; readonly waitedSinceMs: number | null }
  /** The reports could not be read, so nothing was done. */
  | { readonly kind: 'unreadable'; readonly failure: InsightsFailure };

/** How often a run reads and decides again when doors wrote meanwhile. */
const MAX_ROUNDS = 5;

/**
 * One run on one account: take the lease, read the ledger, read the reports, decide, write down what was decided,
 * act, clean up. `scope` limits it to some reports; null means all.
 * @throws LedgerError where the ledger cannot be read or written; what was done by then is written down.
 */
export async function runAccount(run: RunContext, scope: ReadonlySet<string> | null): Promise<AccountRun> {
  if (run.mode === 'off') {
    return offRun(run);
  }
  const taken = scope === null ? await holdForTick(run) : await holdAtOnce(run);
  if (taken.held === null) {
    return { kind: 'busy', waitedSinceMs: taken.waitedSinceMs };
  }
  const { held } = taken;
  if (held.wasAnothers) {
    run.gate.countAnothers();
  }
  const mustGiveWay = scope === null ? afterAPeriod(run) : whenATickWaits(run);
  try {
    return await runHeld({ ...run, held, mustGiveWay, isAsked: scope !== null }, scope);
  } finally {
    await held.release();
  }
}

/** What a run has read before it decides. */
interface Read {
  /** When it began to, epoch milliseconds. */
  readonly triedMs: number;
  readonly snapshot: AccountSnapshot;
  readonly windows: ReadWindows;
  readonly observed: Observed;
}

async function look(
  run: HeldRun,
  {
    snapshot,
    observed,
    followedUp,
    ...looked
  }: Read & Pick<Looked, 'after' | 'decided' | 'results'> & Pick<Watched, 'followedUp'>,
): Promise<void> {
  const { listFailure } = observed;
  const tallies = await tallyWrites(run, { ...looked, before: snapshot, observed, followedUp });
  // In one transaction: what was seen of an occurrence is kept as surely as that it was looked at.
  await Promise.all([
    keepLook(run, { ...looked, before: snapshot, listFailure }),
    tallies.length === 0 ? undefined : run.held.writer.write(tallies),
  ]);
}

async function runHeld(run: HeldRun, scope: ReadonlySet<string> | null): Promise<AccountRun> {
  for (let round = 1; ; round += 1) {
    const triedMs = run.clock.now();
    const snapshot = await run.ledger.read(run.accountKey);
    run.gate.learning.recall(snapshot.facts.pace);
    const windows = await run.readWindows(snapshot);
    const observed = await whileRenewing(run, () => observe(run, snapshot, scope));
    const read = { triedMs, snapshot, windows, observed };
    if (observed.listFailure !== null && snapshot.ownerships.size === 0) {
      if (scope === null) {
        const decided = await decideNow(run, windows, snapshot, new Map());
        await look(run, { ...read, decided, results: [], after: snapshot, followedUp: new Map() });
      }
      return { kind: 'unreadable', failure: observed.listFailure };
    }
    const decided = await whileRenewing(run, () => decideSurely(run, { windows, snapshot, observed, scope }));
    const decisions = decided.decisions.filter(({ reportId }) => scope === null || scope.has(reportId));
    try {
      await persistDecisions({
        ...{ accountKey: run.accountKey, writer: run.held.writer, snapshot, decided, decisions },
        writesNewHolds: run.mode === 'act',
        // What a door does is looked at by the next tick.
        withNews: scope !== null,
        giveWay: run.giveWay,
        append: (entries) => run.ledger.append(run.accountKey, entries),
      });
    } catch (error) {
      if (error instanceof LedgerError && error.code === 'ledger_conflict' && round < MAX_ROUNDS) {
        continue;
      }
      throw error;
    }
    if (scope === null) {
      await run.held.reached();
    }
    return finish(run, scope, { ...read, decided, decisions, actedMs: run.clock.now() });
  }
}

async function finish(
  run: HeldRun,
  scope: ReadonlySet<string> | null,
  read: Read & {
    readonly decided: Decided;
    readonly decisions: readonly ReportDecision[];
    /** When it was all decided, and acting began. */
    readonly actedMs: number;
  },
): Promise<AccountRun> {
  const { snapshot, decided, decisions, observed } = read;
  const acted = await actOnReports(run, { snapshot, decided, decisions, observed });
  const after = await cleanUpAndWatch(run, scope, read, acted);
  const watchedKeys = new Set(after.watched.map(({ name, reportId }) => `${name} ${reportId}`));
  const once = acted.events.filter(({ name, reportId }) => !watchedKeys.has(`${name} ${reportId}`));
  const told = [...once.filter(({ name }) => scope !== null || name !== 'ReportUnseen'), ...after.watched];
  recordHolds(run, scope, decided);
  const events = recordEvents(run, told);
  return {
    kind: 'ran',
    results: acted.results,
    events,
    failure: after.failure ?? (await close(run, scope, { ...read, ...after, results: acted.results })),
    decided,
    snapshot,
    observations: observed.observations,
    listFailure: observed.listFailure,
  };
}

/** What a run leaves to be done once all of it is told. */
interface Watched {
  readonly watched: readonly EventWithFacts[];
  /** Events of which the ledger has a note for as long as they are not told. */
  readonly noted: readonly ReportEvent[];
  /** The ledger as the run left it; null where it was not read. */
  readonly after: AccountSnapshot | null;
  /** What became of first executions after a resume, by report. */
  readonly followedUp: FollowUpsSettled['outcomes'];
  readonly failure: LedgerError | null;
}

/**
 * Takes away the notes of what is told by now, and leaves the look behind, as the last act: a run that is killed before is told
 * and done again. What failed of it.
 */
async function close(
  run: HeldRun,
  scope: ReadonlySet<string> | null,
  { noted, after, followedUp, ...read }: Parameters<typeof finish>[2] & Watched & Pick<Looked, 'results'>,
): Promise<LedgerError | null> {
  try {
    await dropNotes(run.held, noted);
    if (scope === null && after !== null) {
      await look(run, { ...read, after: { ...after, untold: [] }, followedUp });
    }
    return null;
  } catch (error) {
    return asLedgerError(error);
  }
}

const nothingWatched: Watched = {
  ...{ watched: [], noted: [], after: null, failure: null },
  followedUp: new Map(),
};

/** What was done and told by now stands, whatever fails here. */
async function cleanUpAndWatch(
  run: HeldRun,
  scope: ReadonlySet<string> | null,
  read: Parameters<typeof finish>[2],
  { mayWrite }: Pick<Acted, 'mayWrite'>,
): Promise<Watched> {
  const { snapshot, decided, decisions, observed } = read;
  try {
    await dropClosed(run, scope, read);
    if (!mayWrite) {
      const message = 'the ledger failed on the way, so nothing was watched over';
      return { ...nothingWatched, failure: new LedgerError('ledger_unavailable', message, null) };
    }
    const late = await tellUntold(run, snapshot, decisions);
    const noted = [...snapshot.untold, ...decisions.flatMap(({ events }) => events)];
    if (scope !== null) {
      return { ...nothingWatched, watched: late, noted };
    }
    const ofWindows = await recordBoundaries(
      run,
      boundariesOf({
        ...{ decided, lastLook: snapshot.lastLook, lastTickMs: run.lastTickMs, actedMs: read.actedMs },
        holdsBefore: snapshot.holds.map(({ hold }) => hold),
        mayBegin: run.mode === 'act' && observed.listFailure === null,
      }),
    );
    const { events, followedUp, after } = await watch(run, decided, observed);
    const watched = [...late, ...ofWindows, ...events, ...followedUp.events];
    const ofFollowUps = { followedUp: followedUp.outcomes };
    return { watched, noted: [...noted, ...followedUp.events], after, failure: null, ...ofFollowUps };
  } catch (error) {
    return { ...nothingWatched, failure: asLedgerError(error) };
  }
}

/** Names one run; also the id under which its history stands. */
export function newRunId(): string {
  return randomUUID();
}
