import type { ReportDecision } from '../deciding/decideReport.ts';
import type { HoldChanges } from '../deciding/reconcileHolds.ts';
import type { EventWithFacts, ReportEvent } from '../deciding/reportEvent.ts';
import { createGroupCommit } from '../ledger/groupCommit.ts';
import type { HistoryEntry } from '../ledger/history.ts';
import { pauseFacts } from './eventFacts.ts';
import type { ReportResult } from './reportResult.ts';
import type { HeldRun } from './runContext.ts';
import { whoOf, whyOf } from './trail.ts';

/** What a run has done so far: results and events in memory, and the same in the ledger's history. */
export interface RunLog {
  readonly results: readonly ReportResult[];
  readonly events: readonly EventWithFacts[];
  /** Keeps a report's result and what is told of it; resolves when the history has it. @throws LedgerError */
  tell(decision: ReportDecision, result: ReportResult, events: readonly EventWithFacts[]): Promise<void>;
}

/** The ledger cuts what is too much for one transaction. */
const HISTORY_AT_ONCE = { maxItems: 100, maxWeight: Number.POSITIVE_INFINITY, weigh: () => 0 };

/** Told elsewhere: what lasts by the watchdog at its own rate, a change by its own entry. */
const NOT_KEPT: ReadonlySet<ReportEvent['name']> = new Set(['ReportUnseen', 'ReportPaused', 'ReportResumed']);

/** An empty log of the run, with the holds that begin and end with it. */
export function createRunLog(
  run: HeldRun,
  { opened, closed }: Pick<HoldChanges, 'opened' | 'closed'>,
): RunLog {
  const closedOf = Map.groupBy(closed, ({ hold }) => hold.reportId);
  const openedOf = Map.groupBy(run.mode === 'act' ? opened : [], ({ reportId }) => reportId);
  const results: ReportResult[] = [];
  const events: EventWithFacts[] = [];
  const history = createGroupCommit<HistoryEntry>(HISTORY_AT_ONCE, (entries) =>
    run.ledger.append(run.accountKey, entries),
  );
  return {
    results,
    events,
    tell: async (decision, result, told) => {
      results.push(result);
      events.push(...told.map((event) => withPauseFacts(run, decision, event)));
      const who = whoOf(decision, closedOf.get(decision.reportId) ?? [], run.who);
      const own = {
        opened: openedOf.get(decision.reportId) ?? [],
        closed: closedOf.get(decision.reportId) ?? [],
      };
      const entries = [
        ...historyOf({ ...run, who }, decision, result, told),
        // A change that is made says itself whose holds it is for.
        ...(decision.action === 'none' ? historyOfHolds(run, own) : []),
      ];
      if (entries.length > 0) {
        await history.add(entries);
      }
    },
  };
}

/** A pause that is found to be ours, or settled as ours, is told with its evidence like one that was just made. */
function withPauseFacts(
  { clock }: HeldRun,
  { ownership, holds }: ReportDecision,
  event: EventWithFacts,
): EventWithFacts {
  const isOurs = event.name === 'ReportPaused' || event.name === 'ReportTakenOver';
  return isOurs && event.facts === undefined
    ? { ...event, facts: pauseFacts(ownership, holds, clock.now()) }
    : event;
}

/** Holds that begin or end and change nothing: others hold the report too, or somebody else had paused it. */
function historyOfHolds(
  { clock, runId }: Pick<HeldRun, 'clock' | 'runId'>,
  { opened, closed }: Pick<HoldChanges, 'opened' | 'closed'>,
): readonly HistoryEntry[] {
  const common = { atMs: clock.now(), runId, observed: null, requestId: null };
  const begun = opened.map(({ reportId, who, why }) => ({
    ...common,
    reportId,
    what: 'holdBegun',
    who,
    why,
  }));
  const ended = closed.map(({ hold: { reportId, who, why, ended: by } }) => ({
    ...{ ...common, reportId, what: 'holdEnded', who: by?.by ?? who, why: by?.why ?? why },
  }));
  return [...begun, ...ended];
}

function historyOf(
  run: Pick<HeldRun, 'clock' | 'who' | 'runId' | 'isAsked'>,
  decision: ReportDecision,
  { outcome, code, after, requestId }: ReportResult,
  events: readonly ReportEvent[],
): readonly HistoryEntry[] {
  const common = { reportId: decision.reportId, atMs: run.clock.now(), who: run.who, runId: run.runId };
  const told = events
    .filter(({ name }) => !NOT_KEPT.has(name))
    .map(({ name, detail }) => ({ ...common, what: name, why: detail, observed: null, requestId: null }));
  // What was done stands in the trail of the report's own row.
  const isInTrail = outcome === 'paused' || outcome === 'resumed';
  const isKept = decision.action === 'none' ? run.isAsked : !isInTrail;
  return !isKept
    ? told
    : [...told, { ...common, what: outcome, why: whyOf(decision, code), observed: after, requestId }];
}
