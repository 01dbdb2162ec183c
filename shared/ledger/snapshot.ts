import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Hold } from '../model/hold.ts';
import type { Ownership } from '../model/ownership.ts';
import {
  type AccountFacts,
  decodeRow,
  eventShape,
  type FollowUp,
  factsShape,
  followUpShape,
  holdShape,
  ownershipShape,
  type TakeOver,
  takeOverShape,
} from './ledgerRows.ts';
import type { StoredRow } from './tables.ts';

/** All that the ledger says about one account now. */
export interface AccountSnapshot {
  readonly holds: readonly { readonly hold: Hold; readonly etag: string }[];
  readonly ownerships: ReadonlyMap<string, Ownership>;
  readonly takeOvers: ReadonlyMap<string, TakeOver>;
  readonly followUps: ReadonlyMap<string, FollowUp>;
  /** Events that a killed run wrote down and did not tell. */
  readonly untold: readonly ReportEvent[];
  readonly facts: AccountFacts;
}

export const emptySnapshot: AccountSnapshot = {
  holds: [],
  ownerships: new Map(),
  takeOvers: new Map(),
  followUps: new Map(),
  untold: [],
  facts: { pauseMovesModifiedTime: 'unknown', told: {} },
};

/** Sorts an account's rows. @throws LedgerError `ledger_unreadable` on the first row that cannot be read. */
export function snapshotOf(rows: readonly StoredRow[]): AccountSnapshot {
  const holds: { hold: Hold; etag: string }[] = [];
  const ownerships = new Map<string, Ownership>();
  const takeOvers = new Map<string, TakeOver>();
  const followUps = new Map<string, FollowUp>();
  const untold: ReportEvent[] = [];
  let { facts } = emptySnapshot;
  for (const { row, etag } of rows) {
    const [kind] = row.rowKey.split('|', 1);
    if (kind === 'hold') {
      holds.push({ hold: decodeRow(row, holdShape), etag });
    } else if (kind === 'own') {
      const ownership = decodeRow(row, ownershipShape);
      ownerships.set(ownership.reportId, ownership);
    } else if (kind === 'takeover') {
      const takeOver = decodeRow(row, takeOverShape);
      takeOvers.set(takeOver.reportId, takeOver);
    } else if (kind === 'follow') {
      const followUp = decodeRow(row, followUpShape);
      followUps.set(followUp.reportId, followUp);
    } else if (kind === 'event') {
      untold.push(decodeRow(row, eventShape));
    } else if (kind === 'facts') {
      facts = decodeRow(row, factsShape);
    }
  }
  return { holds, ownerships, takeOvers, followUps, untold, facts };
}
