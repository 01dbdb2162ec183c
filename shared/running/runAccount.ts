import { randomUUID } from 'node:crypto';
import { type Decided, decide } from '../deciding/decide.ts';
import type { ReportDecision } from '../deciding/decideReport.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import type { HeldAccount } from '../ledger/createLedger.ts';
import { asLedgerError, LedgerError } from '../ledger/ledgerError.ts';
import { rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { isLiveAt } from '../model/hold.ts';
import type { Observation } from '../model/ownership.ts';
import { actOnReports } from './actOnReports.ts';
import { observeReports } from './observeReports.ts';
import { persistDecisions } from './persistDecisions.ts';
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
    }
  /** Somebody else holds the account's lease. */
  | { readonly kind: 'busy' }
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
  const held = await run.ledger.hold(run.accountKey);
  if (held === null) {
    return { kind: 'busy' };
  }
  if (held.wasAnothers) {
    run.gate.countAnothers();
  }
  try {
    return await runHeld({ ...run, held }, scope);
  } finally {
    await release(held);
  }
}

/** A lease that cannot be given back ends by itself; what the run did stands. */
async function release(held: HeldAccount): Promise<void> {
  try {
    await held.release();
  } catch (error) {
    asLedgerError(error);
  }
}

async function runHeld(run: HeldRun, scope: ReadonlySet<string> | null): Promise<AccountRun> {
  for (let round = 1; ; round += 1) {
    const snapshot = await run.ledger.read(run.accountKey);
    const observed = await observe(run, snapshot, scope);
    if (!observed.ok) {
      return { kind: 'unreadable', failure: observed.failure };
    }
    const decided = decideNow(run, snapshot, observed.observations);
    const decisions = decided.decisions.filter(({ reportId }) => scope === null || scope.has(reportId));
    try {
      await persistDecisions({
        ...{ accountKey: run.accountKey, writer: run.held.writer, snapshot, decided, decisions },
        writesNewHolds: run.mode === 'act',
      });
    } catch (error) {
      if (error instanceof LedgerError && error.code === 'ledger_conflict' && round < MAX_ROUNDS) {
        continue;
      }
      throw error;
    }
    return finish(run, scope, { snapshot, decided, decisions, observed });
  }
}

async function finish(
  run: HeldRun,
  scope: ReadonlySet<string> | null,
  read: {
    snapshot: AccountSnapshot;
    decided: Decided;
    decisions: readonly ReportDecision[];
    observed: Extract<Awaited<ReturnType<typeof observe>>, { ok: true }>;
  },
): Promise<AccountRun> {
  const { snapshot, decided, decisions, observed } = read;
  const acted = await actOnReports(run, { snapshot, decided, decisions, lookUpFailures: observed.failures });
  const after = await cleanUpAndWatch(run, scope, read, acted.mayWrite);
  const watchedKeys = new Set(after.watched.map(({ name, reportId }) => `${name} ${reportId}`));
  const once = acted.events.filter(({ name, reportId }) => !watchedKeys.has(`${name} ${reportId}`));
  const told = [...once.filter(({ name }) => scope !== null || name !== 'ReportUnseen'), ...after.watched];
  recordHolds(run, scope, decided);
  return {
    kind: 'ran',
    results: acted.results,
    events: recordEvents(run, told),
    failure: after.failure,
    decided,
    snapshot,
    observations: observed.observations,
  };
}

/** What was done and told by now stands, whatever fails here. */
async function cleanUpAndWatch(
  run: HeldRun,
  scope: ReadonlySet<string> | null,
  { snapshot, decided, decisions, observed }: Parameters<typeof finish>[2],
  mayWrite: boolean,
): Promise<{ readonly watched: readonly ReportEvent[]; readonly failure: LedgerError | null }> {
  try {
    await dropClosed(run, snapshot, decided, scope);
    if (!mayWrite) {
      const message = 'the ledger failed on the way, so nothing was watched over';
      return { watched: [], failure: new LedgerError('ledger_unavailable', message, null) };
    }
    const late = await tellUntold(run, snapshot, decisions);
    const watched = scope === null ? await watch(run, decided, observed.observations) : [];
    return { watched: [...late, ...watched], failure: null };
  } catch (error) {
    return { watched: [], failure: asLedgerError(error) };
  }
}

/** Holds that are over are deleted last: until then a killed run decides the same again. */
async function dropClosed(
  run: HeldRun,
  snapshot: AccountSnapshot,
  decided: Decided,
  scope: ReadonlySet<string> | null,
): Promise<void> {
  const closed = decided.holdChanges.closed.map(({ hold }) => hold);
  const over = new Set(
    closed.filter(({ reportId }) => scope === null || scope.has(reportId)).map((hold) => rowKeys.hold(hold)),
  );
  await run.ledger.dropHolds(
    run.accountKey,
    snapshot.holds.filter(({ hold }) => over.has(rowKeys.hold(hold))),
  );
}

function observe(run: HeldRun, snapshot: AccountSnapshot, scope: ReadonlySet<string> | null) {
  const nowMs = run.clock.now();
  const wanted = snapshot.holds
    .filter(({ hold }) => isLiveAt(hold, nowMs) && (scope === null || scope.has(hold.reportId)))
    .map(({ hold }) => hold.reportId);
  return observeReports({
    client: run.client,
    clock: run.clock,
    call: { correlationId: run.correlationId, signal: run.signal, deadlineMs: run.deadlineMs },
    owned: [...snapshot.ownerships.keys()],
    mustKnow: wanted,
    concurrency: run.account.maxConcurrency,
  });
}

function decideNow(
  run: RunContext,
  snapshot: AccountSnapshot,
  observations: ReadonlyMap<string, Observation>,
): Decided {
  return decide({
    nowMs: run.clock.now(),
    windows: run.windows,
    holds: snapshot.holds.map(({ hold }) => hold),
    ownerships: snapshot.ownerships,
    takeOvers: new Map([...snapshot.takeOvers].map(([id, { by, why }]) => [id, `${by}: ${why}`])),
    learned: snapshot.facts.pauseMovesModifiedTime,
    observations,
    mode: run.mode,
    tickInMs: run.tickInMs,
    timing: run.timing,
  });
}

/** `MODE=off` looks at the ledger alone, so that what is owned can be alarmed. */
async function offRun(run: RunContext): Promise<AccountRun> {
  const snapshot = await run.ledger.read(run.accountKey);
  const decided = decideNow(run, snapshot, new Map());
  return { kind: 'ran', results: [], events: [], failure: null, decided, snapshot, observations: new Map() };
}

/** Names one run; also the id under which its history stands. */
export function newRunId(): string {
  return randomUUID();
}
