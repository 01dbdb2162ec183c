import type { HoldCount } from '../ledger/countHolds.ts';

/**
 * Holds of requests on one report: each stands for somebody's own wish, and a report with more of them than this is
 * asked for by a loop that names itself anew each time.
 */
export const MAX_HOLDS_OF_REPORT = 20;

/** Holds of one caller on an account: so many at least, and twice what one request may name. */
const LEAST_HOLDS_OF_CALLER = 20_000;

/** How many holds one caller may have on an account. Pure. */
export function maxHoldsOfCaller(maxReportsPerRequest: number): number {
  return Math.max(LEAST_HOLDS_OF_CALLER, 2 * maxReportsPerRequest);
}

/** Why a pause may not begin, and the way out. */
export interface QuotaRefusal {
  readonly code: 'too_many_holds' | 'too_many_exemptions';
  readonly message: string;
}

/** Whether a pause of these reports stays within the quotas; null where it does. A resume is never asked. Pure. */
export function refuseByQuota(
  { ofCaller, ofReports }: HoldCount,
  reportIds: readonly string[],
  maxOfCaller: number,
): QuotaRefusal | null {
  const full = reportIds.find((reportId) => (ofReports.get(reportId) ?? 0) >= MAX_HOLDS_OF_REPORT);
  if (full !== undefined) {
    return refusal(`The report ${full} has ${MAX_HOLDS_OF_REPORT} holds of requests already`);
  }
  return ofCaller + reportIds.length > maxOfCaller
    ? refusal(`You have ${ofCaller} holds on this account, and may have ${maxOfCaller}`)
    : null;
}

function refusal(what: string): QuotaRefusal {
  const message = `${what}; nothing was done. End some by POST /api/resume, or repeat a request under its own requestId, which replaces its holds.`;
  return { code: 'too_many_holds', message };
}
