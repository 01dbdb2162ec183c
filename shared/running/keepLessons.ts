import type { ReportDecision } from '../deciding/decideReport.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { HeldRun } from './runContext.ts';

/** What a run found out that later runs need. */
export interface Lessons {
  /** Whether pauses were seen to move `modifiedTime`. */
  readonly movesModifiedTime: ReadonlySet<'yes' | 'no'>;
  /** Holds that a read right before a PUT showed to be without effect. */
  readonly withoutEffect: readonly Hold[];
}

/** Writes it down, and takes away the words of people that were followed. @throws LedgerError */
export async function keepLessons(
  run: HeldRun,
  snapshot: AccountSnapshot,
  decisions: readonly ReportDecision[],
  lessons: Lessons,
): Promise<void> {
  await keepModifiedTime(run, snapshot, lessons.movesModifiedTime);
  const settled = decisions.filter(
    ({ reportId, reason }) => snapshot.takeOvers.has(reportId) && reason !== 'unseen',
  );
  for (const { reportId } of settled) {
    await run.held.writer.write([{ kind: 'delete', rowKey: rowKeys.takeOver(reportId) }]);
  }
  await rememberWithoutEffect(run, lessons.withoutEffect);
  await endPointless(run, decisions);
}

/** `unknown` once the account has shown both behaviours: then it is no evidence. */
async function keepModifiedTime(run: HeldRun, { facts }: AccountSnapshot, seen: ReadonlySet<'yes' | 'no'>) {
  const known = facts.pauseMovesModifiedTime;
  const all = new Set([...seen, ...(known === 'unknown' ? [] : [known])]);
  const [only] = all;
  const pauseMovesModifiedTime = all.size === 1 && only !== undefined ? only : 'unknown';
  if (pauseMovesModifiedTime !== known) {
    const row = encodeRow(run.accountKey, rowKeys.facts, { ...facts, pauseMovesModifiedTime });
    await run.held.writer.write([{ kind: 'put', row }]);
  }
}

/** What leaves a request nothing to wait for: its holds would stay for ever, and cost a call each tick. */
const POINTLESS: ReadonlySet<ReportDecision['reason']> = new Set(['exhausted', 'gone']);

/** Ends requests' holds on reports that are no more, and those without an end that a person has overruled. */
async function endPointless(run: HeldRun, decisions: readonly ReportDecision[]): Promise<void> {
  const reasons = new Map(decisions.map(({ reportId, reason }) => [reportId, reason]));
  const isOver = ({ reportId, untilMs, state }: Hold) => {
    const reason = reasons.get(reportId);
    const isOverruled = reason === 'manual_resume_respected' && untilMs === null && state === 'dropped';
    return reason !== undefined && (POINTLESS.has(reason) || isOverruled);
  };
  if (!decisions.some(({ reason }) => POINTLESS.has(reason) || reason === 'manual_resume_respected')) {
    return;
  }
  await run.ledger.changeHolds(run.accountKey, (hold) => {
    const isConcerned = hold.holder.kind !== 'window' && hold.ended === null && isOver(hold);
    const why = reasons.get(hold.reportId) ?? '';
    return isConcerned ? { ...hold, ended: { by: 'Intermission', why, atMs: run.clock.now() } } : null;
  });
}

async function rememberWithoutEffect(run: HeldRun, holds: readonly Hold[]): Promise<void> {
  if (holds.length === 0) {
    return;
  }
  const states = new Map(holds.map((hold) => [rowKeys.hold(hold), hold.state]));
  await run.ledger.changeHolds(run.accountKey, (hold) => {
    const state = states.get(rowKeys.hold(hold));
    return state === undefined || state === hold.state || hold.ended !== null ? null : { ...hold, state };
  });
}
