import type { Decided } from '../deciding/decide.ts';
import type { ReportDecision } from '../deciding/decideReport.ts';
import type { FencedWriter, RowWrite } from '../ledger/fencedWriter.ts';
import type { HistoryEntry } from '../ledger/history.ts';
import { encodeRow, rowKeys } from '../ledger/ledgerRows.ts';
import { newsRow } from '../ledger/lookRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { Ownership } from '../model/ownership.ts';
import { type GiveWay, inSteps, PIECES_PER_ROW, runInSlices } from '../time/steps.ts';
import { noteWrite } from './notes.ts';
import { historyOfTrail } from './trail.ts';

/** Most rows written for one report in one transaction; a report with more changed holds takes several. */
const MAX_ROWS = 90;

/**
 * Writes what was decided, before anything is done: holds opened, moved and changed, and what the evidence made of
 * each ownership. What belongs to one report is stored together.
 */
export async function persistDecisions(input: {
  readonly accountKey: string;
  readonly writer: Pick<FencedWriter, 'write'>;
  readonly snapshot: AccountSnapshot;
  readonly decided: Decided;
  readonly decisions: readonly ReportDecision[];
  /** While observing, holds of windows are told and not written. */
  readonly writesNewHolds: boolean;
  /** Whether the next tick is to look at what comes of them. */
  readonly withNews: boolean;
  readonly giveWay: GiveWay;
  /** Keeps what a row that goes tells of its report. */
  readonly append: (entries: readonly HistoryEntry[]) => Promise<void>;
}): Promise<void> {
  const { snapshot, decided, decisions, writer, accountKey } = input;
  // Before the row goes: a kill in between leaves both, and the same entries are written again.
  await input.append(
    decisions.flatMap(({ reportId, ownership }) => {
      const before = snapshot.ownerships.get(reportId);
      return before !== undefined && ownership === null ? historyOfTrail(before) : [];
    }),
  );
  const stored = new Map<string, { readonly hold: Hold; readonly etag: string }>();
  const sorted = inSteps(
    snapshot.holds,
    ({ hold, etag }) => stored.set(rowKeys.hold(hold), { hold, etag }),
    2,
  );
  await runInSlices(sorted, input.giveWay);
  const moved = new Set(decided.holdChanges.moved.map(rowKeys.hold));
  const groups: (readonly RowWrite[])[] = [];
  const groupOf = (decision: ReportDecision): readonly RowWrite[] => {
    const holdWrites = decision.holds.flatMap((hold): readonly RowWrite[] => {
      const key = rowKeys.hold(hold);
      const row = encodeRow(accountKey, key, hold);
      const before = stored.get(key);
      if (before === undefined) {
        return input.writesNewHolds ? [{ kind: 'create', row }] : [];
      }
      const isChanged = moved.has(key) || before.hold.state !== hold.state;
      return isChanged ? [{ kind: 'replace', row, etag: before.etag }] : [];
    });
    const ownershipWrites = ownershipWrite(
      accountKey,
      snapshot.ownerships.get(decision.reportId) ?? null,
      decision.ownership,
    );
    return [...ownershipWrites, ...holdWrites, ...eventWrites(accountKey, decision)];
  };
  const steps = inSteps(decisions, (one) => groups.push(groupOf(one)), PIECES_PER_ROW);
  await runInSlices(steps, input.giveWay);
  const isNews = input.withNews && decisions.some(({ action }) => action !== 'none');
  if (isNews) {
    groups.push([{ kind: 'put', row: newsRow(accountKey) }]);
  }
  await Promise.all(
    groups.filter((group) => group.length > 0).flatMap((group) => inParts(group).map(writer.write)),
  );
}

/** What must be told of a decision, stored with it, so that a kill before the telling loses nothing. */
function eventWrites(accountKey: string, { events }: ReportDecision): readonly RowWrite[] {
  return events.map((event) => noteWrite(accountKey, event));
}

/** The write that brings the stored ownership to what it shall be; none where they are the same. */
export function ownershipWrite(
  accountKey: string,
  before: Ownership | null,
  after: Ownership | null,
): readonly RowWrite[] {
  if (after === null) {
    return before === null ? [] : [{ kind: 'delete', rowKey: rowKeys.ownership(before.reportId) }];
  }
  const row = encodeRow(accountKey, rowKeys.ownership(after.reportId), after);
  return before !== null && JSON.stringify(before) === JSON.stringify(after) ? [] : [{ kind: 'put', row }];
}

function inParts(group: readonly RowWrite[]): (readonly RowWrite[])[] {
  const parts: (readonly RowWrite[])[] = [];
  for (let at = 0; at < group.length; at += MAX_ROWS) {
    parts.push(group.slice(at, at + MAX_ROWS));
  }
  return parts;
}
