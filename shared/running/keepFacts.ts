import type { ReportDecision } from '../deciding/decideReport.ts';
import {
  learnFromLateStamp,
  learnLag,
  type StrangerSample,
  timesMoveByThemselves,
} from '../deciding/learning.ts';
import { classOfReason, type Reason } from '../deciding/reasons.ts';
import { type AccountFacts, encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { LearnedPace } from '../model/learnedPace.ts';
import type { LearnedFacts } from '../model/ownership.ts';
import type { Observed } from './observeReports.ts';
import type { HeldRun } from './runContext.ts';

/** Reports of others that are remembered to see whether times move by themselves: they fit one row. */
const MAX_STRANGERS = 30;

/** Later than this after our pause a list that shows the report active is news of it, or a glitch, and no lag. */
const MOST_LAG_IN_MS = 600_000;

/**
 * Writes down what a run found out that later runs need, and takes away the words of people that were followed.
 * @throws LedgerError
 */
export async function keepFacts(
  run: HeldRun,
  input: {
    readonly snapshot: AccountSnapshot;
    readonly decisions: readonly ReportDecision[];
    readonly observed: Observed;
  },
  learned: LearnedFacts,
): Promise<void> {
  const { snapshot, decisions, observed } = input;
  const withLate = decisions.reduce((known, { reportId, ownership }) => {
    const before = snapshot.ownerships.get(reportId);
    return before === undefined || ownership === null ? known : learnFromLateStamp(known, before, ownership);
  }, learned);
  const facts = {
    ...factsAfter(snapshot, observed, withLate, run.clock.now()),
    pace: paceToKeep(snapshot.facts.pace, run.gate.learning.learned()),
  };
  if (JSON.stringify(facts) !== JSON.stringify(snapshot.facts)) {
    await run.held.writer.write([{ kind: 'put', row: encodeRow(run.accountKey, rowKeys.facts, facts) }]);
  }
  const followed = decisions.filter(
    ({ reportId, reason }) => snapshot.statements.has(reportId) && !classOfReason(reason).keepsStatement,
  );
  for (const { reportId } of followed) {
    await run.held.writer.write([{ kind: 'delete', rowKey: rowKeys.statement(reportId) }]);
  }
  await endPointless(run, decisions);
}

/** A pace that is near the one that is kept already is not worth a row. */
const ANOTHER_PACE = 1.1;

/** The pace that later runs begin with. Pure. */
export function paceToKeep(kept: LearnedPace | null, learned: LearnedPace | null): LearnedPace | null {
  if (kept === null || learned === null) return learned;
  const ratio = learned.callsPerSecond / kept.callsPerSecond;
  return ratio > ANOTHER_PACE || ratio < 1 / ANOTHER_PACE ? learned : kept;
}

/** What is known of the account after this run. Pure. */
export function factsAfter(
  { facts, ownerships }: Pick<AccountSnapshot, 'facts' | 'ownerships'>,
  observed: Observed,
  learned: LearnedFacts,
  nowMs: number,
): AccountFacts {
  if (observed.listFailure !== null || observed.listed.size === 0) {
    return { ...facts, learned };
  }
  const moves = learned.timesMoveByThemselves || timesMoveByThemselves(facts.strangers, observed.listed);
  const seenLagInMs = lagOf(ownerships, observed);
  const listLagInMs = learnLag(learned.listLagInMs, seenLagInMs, nowMs - facts.learnedMs);
  // Reckoned again when something was seen; else the old lag decays from when it was.
  const isSeen = seenLagInMs >= listLagInMs && seenLagInMs > 0;
  return {
    ...facts,
    learned: {
      ...learned,
      timesMoveByThemselves: moves,
      listLagInMs: isSeen ? listLagInMs : learned.listLagInMs,
    },
    learnedMs: isSeen ? nowMs : facts.learnedMs,
    strangers: strangersOf(facts.strangers, ownerships, observed),
  };
}

/** How long after our pause was read by id the list still showed it active. */
function lagOf(ownerships: AccountSnapshot['ownerships'], { listed, listedAtMs }: Observed): number {
  const lags = [...ownerships.values()].map(({ reportId, kind, sinceMs }) =>
    kind === 'paused' && listed.get(reportId)?.reportStatus === 'Active' ? listedAtMs - sinceMs : 0,
  );
  return lags.filter((lagInMs) => lagInMs <= MOST_LAG_IN_MS).reduce((most, one) => Math.max(most, one), 0);
}

/** The same reports as long as the list shows them and they are not ours, others in the place of those that went. */
function strangersOf(
  known: readonly StrangerSample[],
  ownerships: AccountSnapshot['ownerships'],
  { listed }: Observed,
): readonly StrangerSample[] {
  const isStranger = (reportId: string) => listed.has(reportId) && !ownerships.has(reportId);
  const kept = known.map(({ reportId }) => reportId).filter(isStranger);
  const others = [...listed.keys()].filter((reportId) => isStranger(reportId) && !kept.includes(reportId));
  return [...kept, ...others.slice(0, MAX_STRANGERS - kept.length)].flatMap((reportId) => {
    const report = listed.get(reportId);
    if (report === undefined) {
      return [];
    }
    const { reportStatus, modifiedMs, contents } = report;
    return [{ reportId, reportStatus, evidence: { modifiedMs, contents } }];
  });
}

/** Ends requests' holds on reports that are no more, and those without an end that a person has overruled. */
async function endPointless(run: HeldRun, decisions: readonly ReportDecision[]): Promise<void> {
  const reasons = new Map(decisions.map(({ reportId, reason }) => [reportId, reason]));
  const isOver = ({ reportId, untilMs, state }: Hold) => {
    const reason = reasons.get(reportId);
    const isOverruled = reason === 'manual_resume_respected' && untilMs === null && state === 'dropped';
    return reason !== undefined && (isPointless(reason) || isOverruled);
  };
  if (!decisions.some(({ reason }) => isPointless(reason) || reason === 'manual_resume_respected')) {
    return;
  }
  await run.ledger.changeHolds(run.accountKey, (hold) => {
    const isConcerned = hold.holder.kind !== 'window' && hold.ended === null && isOver(hold);
    const why = reasons.get(hold.reportId) ?? '';
    return isConcerned ? { ...hold, ended: { by: 'Intermission', why, atMs: run.clock.now() } } : null;
  });
}

/** What becomes of a request's hold is clear, and it would wait for nothing. */
function isPointless(reason: Reason): boolean {
  return classOfReason(reason).endsHold === 'forGood';
}

/** Holds that a read right before a PUT showed to be without effect. */
export async function rememberWithoutEffect(run: HeldRun, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) {
    return;
  }
  const states = new Map(holds.map((hold) => [rowKeys.hold(hold), hold.state]));
  await run.ledger.changeHolds(run.accountKey, (hold) => {
    const state = states.get(rowKeys.hold(hold));
    return state === undefined || state === hold.state || hold.ended !== null ? null : { ...hold, state };
  });
}
