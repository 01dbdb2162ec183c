import { instantOfCountdown } from '../ledger/countdown.ts';
import {
  behindInstant,
  behindOccurrence,
  type KeptOccurrence,
  occurrencePlace,
} from '../ledger/occurrenceHistory.ts';
import type { OccurrenceTally } from '../model/occurrenceTally.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type HistoryAsked, type HistoryPage, sinceKept } from './historyAsked.ts';
import type { ServiceParts } from './serviceParts.ts';
import { shownKept } from './shownKept.ts';
import type { ShownPastOccurrence } from './shownPastOccurrence.ts';
import { windowsForDoor } from './windowsNow.ts';

/** Accounts whose history is read at once. */
const ACCOUNTS_AT_ONCE = 16;

interface Placed {
  readonly place: string;
  readonly account: string;
  readonly kept: KeptOccurrence;
}

/** What `GET /api/occurrences` tells: a page of the occurrences that are on or over; null where no such window was ever known. @throws LedgerError */
export async function showOccurrences(
  parts: ServiceParts,
  asked: HistoryAsked & { readonly window: string | null },
): Promise<HistoryPage<ShownPastOccurrence> | null> {
  const nowMs = parts.clock.now();
  const known = sinceKept(asked, nowMs);
  const found: Placed[] = [];
  const horizons: string[] = [];
  await forEachConcurrently(parts.accounts, ACCOUNTS_AT_ONCE, async (runtime) => {
    const own = await occurrencesOf(parts, runtime, known);
    found.push(...own.occurrences);
    if (own.lookedTo !== null) horizons.push(own.lookedTo);
  });
  // What lies behind where one account was looked at may not be told before it.
  const horizon = horizons.toSorted()[0] ?? null;
  const sorted = found
    .filter(({ place }) => horizon === null || place <= horizon)
    .toSorted((one, other) => (one.place < other.place ? -1 : 1));
  const page = sorted.slice(0, asked.limit);
  const configured = await windowsForDoor(parts);
  if (page.length === 0 && horizon === null && asked.after === null && asked.window !== null) {
    const isKnown = configured.windows.some(({ name }) => name === asked.window);
    if (!isKnown) return null;
  }
  const zones = new Map(configured.windows.map(({ name, schedule }) => [name, schedule.timeZone]));
  return {
    items: page.map(({ account, kept }) =>
      shownKept(kept, { account, nowMs, timeZone: zones.get(kept.window) ?? 'UTC' }),
    ),
    goesOnAfter: sorted.length > page.length ? (page.at(-1)?.place ?? null) : horizon,
  };
}

/** One account's, each with its place among those of all accounts. */
async function occurrencesOf(
  { ledger }: ServiceParts,
  { account, accountKey }: AccountRuntime,
  { after, ...asked }: HistoryAsked & { readonly window: string | null },
): Promise<{ readonly occurrences: readonly Placed[]; readonly lookedTo: string | null }> {
  // One more, so that it is known whether there are more.
  const behind = placeWithin(account.name, after);
  const [kept, tallies] = await Promise.all([
    ledger.occurrences(accountKey, { ...asked, after: behind, limit: asked.limit + 1 }),
    ledger.tallies(accountKey),
  ]);
  const own = new Map(kept.occurrences.map((one) => [occurrencePlace(one), one]));
  for (const tally of tallies) {
    const place = occurrencePlace(tally);
    const isAsked =
      (asked.window === null || tally.window === asked.window) &&
      (asked.fromMs === null || tally.fromMs >= asked.fromMs) &&
      (asked.untilMs === null || tally.fromMs < asked.untilMs) &&
      (behind === null || place > behind) &&
      (kept.lookedTo === null || place <= kept.lookedTo);
    // What the history has is final: a run that was killed may have left both.
    if (isAsked) own.set(place, withTally(own.get(place), tally));
  }
  return {
    occurrences: [...own].map(([place, one]) => ({
      place: placeAmongAll(account.name, place),
      account: account.name,
      kept: one,
    })),
    lookedTo: kept.lookedTo === null ? null : placeAmongAll(account.name, kept.lookedTo),
  };
}

function withTally(kept: KeptOccurrence | undefined, tally: OccurrenceTally): KeptOccurrence {
  const { window, fromMs } = tally;
  const nothing = { window, fromMs, begin: null, end: null, missed: null };
  return kept === undefined ? { ...nothing, tally } : { ...kept, tally: kept.tally ?? tally };
}

/** The countdown first, so that all accounts are told by time. */
function placeAmongAll(account: string, place: string): string {
  const [countdown = '', window = ''] = place.split('|', 2);
  return `${countdown}|${account}|${window}|`;
}

/** Where one account goes on behind a place among all: what begins at the same instant is told by account. */
function placeWithin(account: string, after: string | null): string | null {
  if (after === null) return null;
  const [countdown = '', last = '', window = ''] = after.split('|', 3);
  const fromMs = instantOfCountdown(countdown) ?? 0;
  return account === last
    ? behindOccurrence({ window, fromMs })
    : behindInstant(fromMs, placeAmongAll(account, `${countdown}||`) < after);
}
