import { asLedgerError } from '../ledger/ledgerError.ts';
import type { ReportResult } from '../running/reportResult.ts';
import type { AccountRun } from '../running/runAccount.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { SeenOutcome, SeenReport, SeenReports, StoredSeen } from './seenReports.ts';
import type { ServiceParts } from './serviceParts.ts';

/** People's reads and one run at a time write it: so often nobody is overtaken. */
const MAX_ROUNDS = 4;

/**
 * After a run that changed reports: shares what it saw and did with whoever looks, so that nobody is shown a status from
 * before. It never asks Partner Center, and what fails here hinders no run.
 */
export async function shareSeen(
  { seenReports, clock }: ServiceParts,
  { accountKey, isMfaCompliant }: AccountRuntime,
  ran: AccountRun,
): Promise<void> {
  if (ran.kind !== 'ran') {
    return;
  }
  const changed = ran.results.filter(({ before, after }) => after !== null && after !== before);
  if (changed.length === 0) {
    return;
  }
  try {
    for (let round = 0; round < MAX_ROUNDS; round += 1) {
      const stored = await seenReports.read(accountKey);
      const seen = overlaid(newerOf(stored, ran, isMfaCompliant()), changed, clock.now());
      if (await seenReports.write(accountKey, stored, seen)) {
        return;
      }
    }
  } catch (error) {
    // Whoever looks within the next seconds sees an older one, with its age.
    asLedgerError(error);
  }
}

function newerOf(
  stored: StoredSeen | null,
  { observations }: Extract<AccountRun, { kind: 'ran' }>,
  isMfaCompliant: boolean | null,
): SeenReports {
  const reports: SeenReport[] = [];
  let askedMs = Number.POSITIVE_INFINITY;
  let serviceOffsetInMs = 0;
  for (const one of observations.values()) {
    if (one.kind === 'seen') {
      reports.push({ report: one.report, readAtMs: one.readAtMs, isChangedByUs: false });
      askedMs = Math.min(askedMs, one.readAtMs);
      serviceOffsetInMs = one.serviceOffsetInMs;
    }
  }
  const before = stored?.seen ?? null;
  return before?.outcome.ok === true && before.askedMs > askedMs
    ? before
    : { askedMs, isMfaCompliant, outcome: { ok: true, reports, serviceOffsetInMs } };
}

function overlaid(seen: SeenReports, changed: readonly ReportResult[], nowMs: number): SeenReports {
  const after = new Map(changed.map((result) => [result.reportId, result.after]));
  const overlay = (one: SeenReport): SeenReport => {
    const reportStatus = after.get(one.report.reportId) ?? null;
    return reportStatus === null
      ? one
      : { report: { ...one.report, reportStatus }, readAtMs: nowMs, isChangedByUs: true };
  };
  const outcome: SeenOutcome = seen.outcome.ok
    ? { ...seen.outcome, reports: seen.outcome.reports.map(overlay) }
    : seen.outcome;
  return { ...seen, outcome };
}
