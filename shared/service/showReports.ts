import type { HistoryEntry } from '../ledger/history.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { type AccountView, decideAt, readAccount } from './readAccount.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { expectedResume, type ShownHold, shownHold } from './shownHold.ts';

/** A report, and why it is as it is. */
export interface ShownReport {
  readonly account: string;
  readonly reportId: string;
  readonly reportName: string;
  readonly status: string | null;
  /** Whose pause it is: `ours` with the state of our work on it, else null. */
  readonly ownership: string | null;
  readonly holds: readonly ShownHold[];
  readonly expectedResumeUtc: string | null;
  readonly reason: string;
}

/** One report with what was done to it, newest first. */
export type ExplainedReport = ShownReport & {
  readonly history: readonly (Omit<HistoryEntry, 'atMs' | 'reportId'> & { readonly atUtc: string })[];
};

/** Reports that could be read, and accounts that could not. */
export interface ShownReports {
  readonly reports: readonly ShownReport[];
  readonly problems: readonly { readonly account: string; readonly code: string; readonly message: string }[];
}

const MAX_HISTORY = 200;

/** What `GET /api/reports` tells. */
export async function showReports(parts: ServiceParts, call: DoorCall): Promise<ShownReports> {
  const reports: ShownReport[] = [];
  const problems: { account: string; code: string; message: string }[] = [];
  for (const runtime of parts.accounts) {
    const view = await readAccount(parts, runtime, call);
    if (view.ok) {
      reports.push(...shownReports(parts, runtime, view));
    } else {
      const { code, message } = view.failure;
      problems.push({ account: runtime.account.name, code, message });
    }
  }
  return { reports, problems };
}

/** What is known of one report. `unreadable`: no account that could be read has it, and one could not be. */
export type ExplainedOutcome =
  | { readonly kind: 'found'; readonly report: ExplainedReport }
  | { readonly kind: 'notFound' }
  | { readonly kind: 'unreadable'; readonly code: string; readonly message: string };

/** What `GET /api/reports/{id}` tells. An account that cannot be read hides no report of another. */
export async function explainReport(
  parts: ServiceParts,
  reportId: string,
  call: DoorCall,
): Promise<ExplainedOutcome> {
  let unreadable: ExplainedOutcome | null = null;
  for (const runtime of parts.accounts) {
    const view = await readAccount(parts, runtime, call);
    const shown = view.ok
      ? shownReports(parts, runtime, view).find((one) => one.reportId === reportId)
      : undefined;
    if (!view.ok) {
      const { code, message } = view.failure;
      unreadable ??= { kind: 'unreadable', code, message: `${runtime.account.name}: ${message}` };
    }
    if (shown !== undefined) {
      const history = await parts.ledger.history(runtime.accountKey, reportId, MAX_HISTORY);
      const told = history.map(({ atMs, reportId: _id, ...rest }) => ({
        ...rest,
        atUtc: new Date(atMs).toISOString(),
      }));
      return { kind: 'found', report: { ...shown, history: told } };
    }
  }
  return unreadable ?? { kind: 'notFound' };
}

function shownReports(
  parts: ServiceParts,
  { account }: AccountRuntime,
  view: Extract<AccountView, { ok: true }>,
): readonly ShownReport[] {
  const nowMs = parts.clock.now();
  return decideAt(parts, view, nowMs).decisions.map(({ reportId, reason }) => {
    const observation = view.observations.get(reportId);
    const report = observation?.kind === 'seen' ? observation.report : null;
    const holds = view.snapshot.holds
      .filter(({ hold }) => hold.reportId === reportId)
      .map(({ hold }) => hold);
    const owned = view.snapshot.ownerships.get(reportId) ?? null;
    return {
      account: account.name,
      reportId,
      reportName: report?.reportName ?? owned?.reportName ?? '',
      status: report?.reportStatus ?? null,
      ownership: owned?.kind ?? null,
      holds: holds.map(shownHold),
      expectedResumeUtc: owned === null ? null : expectedResume(holds, nowMs),
      reason,
    };
  });
}
