import { type EntriesAsked, entryPlace, type HistoryEntry, isAsked } from '../ledger/history.ts';
import { historyOfTrail } from '../running/trail.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type HistoryAsked, sinceKept } from './historyAsked.ts';
import { readAccount } from './readAccount.ts';
import { reportDeedInWords } from './reportDeedInWords.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import type { ShownHistoryEntry, ShownReportHistory } from './shownReportHistory.ts';

/** What is known of one report's past. `unreadable`: nothing is kept of it, and an account that may have it could not be read. */
export type ReportHistoryOutcome =
  | { readonly kind: 'found'; readonly history: ShownReportHistory; readonly goesOnAfter: string | null }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unreadable'; readonly code: string; readonly message: string };

/**
 * What `GET /api/reports/{id}/history` tells: from the ledger alone, also where Partner Center is out or shows the report no more.
 * It is asked only for a report of which nothing is kept. @throws LedgerError
 */
export async function showReportHistory(
  parts: ServiceParts,
  reportId: string,
  asked: HistoryAsked,
  call: DoorCall,
): Promise<ReportHistoryOutcome> {
  const wanted = sinceKept(asked, parts.clock.now());
  for (const runtime of parts.accounts) {
    const kept = await entriesOf(parts, runtime, reportId, wanted);
    if (kept.entries.length > 0) {
      const page = kept.entries.slice(0, asked.limit);
      const last = page.at(-1);
      const isMore = kept.entries.length > page.length && last !== undefined;
      const history = { account: runtime.account.name, reportId, reportName: kept.reportName };
      return {
        kind: 'found',
        history: { ...history, entries: page.map(shownEntry) },
        goesOnAfter: isMore ? entryPlace(last) : null,
      };
    }
  }
  return withoutEntries(parts, reportId, call);
}

async function entriesOf(
  { ledger }: ServiceParts,
  { accountKey }: AccountRuntime,
  reportId: string,
  { fromMs, untilMs, after, limit }: HistoryAsked,
): Promise<{ readonly entries: readonly HistoryEntry[]; readonly reportName: string }> {
  // One more, so that it is known whether there are more.
  const asked: EntriesAsked = { fromMs, untilMs, after, limit: limit + 1 };
  const owned = await ledger.ownership(accountKey, reportId);
  // What was done lately stands in the report's own row until that goes; a kill in between leaves it in both.
  const own = owned === null ? [] : historyOfTrail(owned).filter((entry) => isAsked(entry, asked));
  const past = await ledger.history(accountKey, reportId, asked);
  const all = new Map([...past, ...own].map((entry) => [entryPlace(entry), entry]));
  const entries = [...all].toSorted(([one], [other]) => (one < other ? -1 : 1)).map(([, entry]) => entry);
  return { entries: entries.slice(0, limit + 1), reportName: owned?.reportName ?? '' };
}

/** A report that nothing was done to has a history, which is empty; one that nobody knows has none. */
async function withoutEntries(
  parts: ServiceParts,
  reportId: string,
  call: DoorCall,
): Promise<ReportHistoryOutcome> {
  let unreadable: ReportHistoryOutcome | null = null;
  for (const runtime of parts.accounts) {
    const account = runtime.account.name;
    const view = await readAccount(parts, runtime, call);
    if (!view.ok) {
      const { code, message } = view.failure;
      unreadable ??= { kind: 'unreadable', code, message: `${account}: ${message}` };
      continue;
    }
    const observation = view.observations.get(reportId);
    const owned = view.snapshot.ownerships.get(reportId);
    if (observation?.kind === 'seen' || owned !== undefined) {
      const reportName = observation?.kind === 'seen' ? observation.report.reportName : owned?.reportName;
      const history = { account, reportId, reportName: reportName ?? '', entries: [] };
      return { kind: 'found', history, goesOnAfter: null };
    }
  }
  return unreadable ?? { kind: 'notFound' };
}

function shownEntry({ atMs, reportId: _, ...entry }: HistoryEntry): ShownHistoryEntry {
  return { ...entry, atUtc: utcText(atMs), inWords: reportDeedInWords(entry) };
}
