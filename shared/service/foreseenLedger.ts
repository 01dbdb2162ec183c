import type { HoldsEnd } from '../ledger/ledgerRows.ts';
import { type AccountSnapshot, endedBy } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { DoorLedger } from './doorHands.ts';

/** Nothing asks for anything later than who asks what would be. */
const LAST_PLACE = Number.MAX_SAFE_INTEGER;

/** A ledger of one account in memory: what a door writes is read again here, and nowhere else. */
export function createForeseenLedger(from: AccountSnapshot): DoorLedger {
  let now = from;
  return {
    read: async () => now,
    order: {
      arrive: async () => LAST_PLACE,
      putHolds: async (_accountKey, _request, holds) => {
        now = withHolds(now, holds);
      },
      endHolds: async (_accountKey, ends) => {
        now = withEnds(now, ends);
      },
    },
    changeHolds: async (_accountKey, change) => {
      const changed = now.holds.flatMap(({ hold }) => change(hold) ?? []);
      now = withHolds(now, changed);
      return changed;
    },
    putStatements: async (_accountKey, statements) => {
      const said = statements.map((one) => [one.reportId, one] as const);
      now = { ...now, statements: new Map([...now.statements, ...said]) };
    },
    // What is dropped is over, or of no use: nothing is decided otherwise without it.
    dropHolds: async () => {},
    dropEnds: async () => {},
  };
}

/** A hold of the same id replaces the one that is there. */
function withHolds(snapshot: AccountSnapshot, holds: readonly Hold[]): AccountSnapshot {
  const keyOf = ({ reportId, holdId }: Hold) => `${reportId} ${holdId}`;
  const replaced = new Set(holds.map(keyOf));
  const kept = snapshot.holds.filter(({ hold }) => !replaced.has(keyOf(hold)));
  return { ...snapshot, holds: [...kept, ...holds.map((hold) => ({ hold, etag: '' }))] };
}

function withEnds(snapshot: AccountSnapshot, added: readonly HoldsEnd[]): AccountSnapshot {
  const ends = new Map(snapshot.ends);
  for (const end of added) {
    ends.set(end.reportId, [...(ends.get(end.reportId) ?? []), { end, etag: '' }]);
  }
  const holds = snapshot.holds.map(({ hold, etag }) => ({ hold: endedBy(hold, ends), etag }));
  return { ...snapshot, ends, holds };
}
