import type { Report } from '../model/report.ts';
import type { MatchSelector } from '../model/reportSelector.ts';
import { runInSlices } from '../time/steps.ts';
import { nearestInSteps } from '../windows/nearestNames.ts';
import { selectInSteps } from '../windows/selectReports.ts';
import { type AccountView, readAccount, reportsSeen } from './readAccount.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';

/** A report that somebody may have meant. */
export type Candidate = Pick<Report, 'reportId' | 'reportName'>;

/** Which reports a request means; where that cannot be told, nothing is done. */
export type SelectedForRequest =
  | { readonly kind: 'selected'; readonly reportIds: readonly string[] }
  | { readonly kind: 'unknownAccount' }
  | { readonly kind: 'unreadable'; readonly code: string; readonly message: string }
  /** With the reports whose names are nearest. */
  | { readonly kind: 'none'; readonly candidates: readonly Candidate[] }
  /** A whole name that several reports bear. */
  | { readonly kind: 'ambiguous'; readonly candidates: readonly Candidate[] }
  | { readonly kind: 'tooMany'; readonly count: number };

/** As many are named as a person reads. */
const MOST_CANDIDATES = 10;

/**
 * Selects by the code that selects for windows, among the reports that the account shows now: for a pause by a list that is no
 * older than those who look share, whoever is on the account. For a resume what we hold or own counts as well, whether it is
 * shown or not and whatever kind it is, so that nothing of ours is passed over.
 */
export async function selectForRequest(
  parts: ServiceParts,
  asked: {
    readonly account: string;
    readonly reports: MatchSelector;
    readonly door: 'pause' | 'resume';
    readonly maxReports: number;
  },
  call: DoorCall,
): Promise<SelectedForRequest> {
  const runtime = parts.accounts.find(({ account }) => account.name === asked.account);
  if (runtime === undefined) {
    return { kind: 'unknownAccount' };
  }
  const view = await readAccount(parts, runtime, call, { mayBeOld: asked.door === 'resume' });
  if (!view.ok) {
    return { kind: 'unreadable', ...view.failure };
  }
  const reports = asked.door === 'pause' ? reportsSeen(view.observations) : withOurs(view);
  const { reports: selector, maxReports } = asked;
  const selecting = { reports: selector, excludeReportIds: [], excludeNamePatterns: [], maxReports };
  const { selected, overLimit } = await runInSlices(selectInSteps(selecting, reports), parts.giveWay);
  if (overLimit) {
    return { kind: 'tooMany', count: selected.length };
  }
  if (selected.length === 0) {
    const nearest = nearestInSteps(selector.namePattern ?? '', reports, {
      nameOf: ({ reportName }) => reportName,
      most: MOST_CANDIDATES,
    });
    return { kind: 'none', candidates: (await runInSlices(nearest, parts.giveWay)).map(named) };
  }
  if (selected.length > 1 && isWholeName(selector)) {
    return { kind: 'ambiguous', candidates: selected.slice(0, MOST_CANDIDATES).map(named) };
  }
  return { kind: 'selected', reportIds: selected.map(({ reportId }) => reportId) };
}

function named({ reportId, reportName }: Report): Candidate {
  return { reportId, reportName };
}

/** A name without a sign for others is that of one report. */
export function isWholeName({ namePattern, queryId }: MatchSelector): boolean {
  return namePattern !== null && queryId === null && !/[*?]/.test(namePattern);
}

function withOurs({ observations, snapshot }: Extract<AccountView, { ok: true }>): readonly Report[] {
  const ours = new Set([...snapshot.ownerships.keys(), ...snapshot.holds.map(({ hold }) => hold.reportId)]);
  const shown = reportsSeen(observations);
  const ids = new Set(shown.map(({ reportId }) => reportId));
  return [
    ...shown.map((report) => (ours.has(report.reportId) ? { ...report, executeNow: false } : report)),
    ...[...ours].filter((id) => !ids.has(id)).map((id) => unseen(id, snapshot)),
  ];
}

/** What is known of a report that is not shown. */
function unseen(reportId: string, { ownerships }: Extract<AccountView, { ok: true }>['snapshot']): Report {
  const { reportName = '', queryId = '' } = ownerships.get(reportId) ?? {};
  return {
    ...{ reportId, reportName, queryId, user: '', reportStatus: 'Paused', executeNow: false },
    ...{ modifiedMs: null, startTimeMs: null, recurrenceIntervalInHours: null, recurrenceCount: null },
    contents: '',
  };
}
