import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Exemption } from '../model/exemption.ts';
import { type Hold, untilSaid } from '../model/hold.ts';
import type { LastLook } from '../model/lastLook.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import type { OccurrenceTally } from '../model/occurrenceTally.ts';
import type { Ownership } from '../model/ownership.ts';
import { inSteps, PIECES_PER_ROW, type Steps } from '../time/steps.ts';
import { exemptionShape } from './exemptionShape.ts';
import {
  type AccountFacts,
  decodeFacts,
  decodeRow,
  eventShape,
  type FollowUp,
  followUpShape,
  type HoldsEnd,
  holdShape,
  holdsEndShape,
  noFacts,
  type OpenRequest,
  occurrenceEndShape,
  openRequestShape,
  type PersonsStatement,
  rowKeys,
  statementShape,
} from './ledgerRows.ts';
import { decodeLastLook, decodeNews, NO_NEWS } from './lookRows.ts';
import { decodeOwnership } from './ownershipRow.ts';
import type { StoredRow } from './tables.ts';
import { decodeTally } from './tallyRows.ts';

/** An end of holds with the version that a conditional write names. */
interface StoredEnd {
  readonly end: HoldsEnd;
  readonly etag: string;
}

/** A person's word about an occurrence with the version that a conditional write names. */
export interface StoredOccurrenceEnd {
  readonly end: OccurrenceEnd;
  readonly etag: string;
}

/** What a person left out of windows, with the version that a conditional write names. */
export interface StoredExemption {
  readonly exemption: Exemption;
  readonly etag: string;
}

/** All that the ledger says about one account now. */
export interface AccountSnapshot {
  readonly holds: readonly { readonly hold: Hold; readonly etag: string }[];
  readonly ownerships: ReadonlyMap<string, Ownership>;
  /** What people said about whose pause it is, by report id. */
  readonly statements: ReadonlyMap<string, PersonsStatement>;
  readonly followUps: ReadonlyMap<string, FollowUp>;
  /** Events that a killed run wrote down and did not tell. */
  readonly untold: readonly ReportEvent[];
  readonly facts: AccountFacts;
  /** What ended holds, by report; null is all of them. */
  readonly ends: ReadonlyMap<string | null, readonly StoredEnd[]>;
  /** What people said of single occurrences of windows; its holds bear the earlier ends already. */
  readonly saidEnds: readonly StoredOccurrenceEnd[];
  /** What people left out of windows, also what is over and not dropped yet. */
  readonly exemptions: readonly StoredExemption[];
  /** What became so far of the reports of occurrences of which anything can still change. */
  readonly tallies: readonly OccurrenceTally[];
  /** Requests that may still be done, or done again. */
  readonly openRequests: readonly OpenRequest[];
  /** What the last look at the whole account left behind; null where nothing did. */
  readonly lastLook: LastLook | null;
  /** The mark of what doors have written last. */
  readonly news: string;
}

export const emptySnapshot: AccountSnapshot = {
  holds: [],
  ownerships: new Map(),
  statements: new Map(),
  followUps: new Map(),
  untold: [],
  facts: noFacts,
  ends: new Map(),
  saidEnds: [],
  exemptions: [],
  tallies: [],
  openRequests: [],
  lastLook: null,
  news: NO_NEWS,
};

/** Sorts an account's rows, in steps. @throws LedgerError `ledger_unreadable` on the first row that cannot be read. */
export function* snapshotInSteps(rows: readonly StoredRow[]): Steps<AccountSnapshot> {
  const holds: { hold: Hold; etag: string }[] = [];
  const ownerships = new Map<string, Ownership>();
  const statements = new Map<string, PersonsStatement>();
  const followUps = new Map<string, FollowUp>();
  const untold: ReportEvent[] = [];
  const ends = new Map<string | null, readonly StoredEnd[]>();
  const saidEnds: StoredOccurrenceEnd[] = [];
  const exemptions: StoredExemption[] = [];
  const tallies: OccurrenceTally[] = [];
  const openRequests: OpenRequest[] = [];
  let { facts, lastLook, news } = emptySnapshot;
  const see = ({ row, etag }: StoredRow) => {
    const [kind] = row.rowKey.split('|', 1);
    if (kind === 'hold') {
      holds.push({ hold: decodeRow(row, holdShape), etag });
    } else if (kind === 'own') {
      const ownership = decodeOwnership(row);
      ownerships.set(ownership.reportId, ownership);
    } else if (kind === 'takeover') {
      const statement = decodeRow(row, statementShape);
      statements.set(statement.reportId, statement);
    } else if (kind === 'follow') {
      const followUp = decodeRow(row, followUpShape);
      followUps.set(followUp.reportId, followUp);
    } else if (kind === 'event') {
      untold.push(decodeRow(row, eventShape));
    } else if (kind === 'ended' || kind === 'endedof') {
      const end = decodeRow(row, holdsEndShape);
      ends.set(end.reportId, [...(ends.get(end.reportId) ?? []), { end, etag }]);
    } else if (kind === 'occurrence') {
      saidEnds.push({ end: decodeRow(row, occurrenceEndShape), etag });
    } else if (kind === 'exempt') {
      exemptions.push({ exemption: decodeRow(row, exemptionShape), etag });
    } else if (kind === 'tally') {
      const tally = decodeTally(row);
      if (tally !== null) tallies.push(tally);
    } else if (kind === 'request') {
      openRequests.push(decodeRow(row, openRequestShape));
    } else if (kind === 'facts') {
      facts = decodeFacts(row);
    } else if (kind === rowKeys.lastLook) {
      lastLook = decodeLastLook(row);
    } else if (kind === rowKeys.news) {
      news = decodeNews(row);
    }
  };
  yield* inSteps(rows, see, PIECES_PER_ROW);
  const said = untilSaid(saidEnds.map(({ end }) => end));
  const inOrder = holds.map(({ hold, etag }) => ({ hold: said(endedBy(hold, ends)), etag }));
  const ofReports = { holds: inOrder, ownerships, statements, followUps, untold };
  const ofWindows = { ends, saidEnds, exemptions, tallies };
  return { ...ofReports, ...ofWindows, facts, openRequests, lastLook, news };
}

/** The hold as it is where a later request ended it, whichever of the two was written first. Pure. */
export function endedBy(hold: Hold, ends: AccountSnapshot['ends']): Hold {
  const end = laterEnd(hold, ends);
  return end === null || hold.ended !== null || hold.holder.kind === 'window'
    ? hold
    : { ...hold, ended: { by: end.by, why: end.why, atMs: end.atMs } };
}

/** What ended a request's word on a report after it was given; null where it still counts. Pure. */
export function laterEnd(
  { reportId, place, holder, requestId }: Pick<Hold, 'reportId' | 'place' | 'holder' | 'requestId'>,
  ends: AccountSnapshot['ends'],
): HoldsEnd | null {
  const isMeant = ({ end }: StoredEnd) =>
    end.place > place &&
    (end.requestId === null || end.requestId === requestId) &&
    (end.caller === null || (holder.kind === 'request' && holder.caller === end.caller));
  return [...(ends.get(reportId) ?? []), ...(ends.get(null) ?? [])].find(isMeant)?.end ?? null;
}
