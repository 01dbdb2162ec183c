import type { Evidence } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import { settleActive } from './settleActive.ts';
import { close, type Settled, type SettleInput } from './settled.ts';
import { settlePaused } from './settlePaused.ts';

/** The part of a report that tells whether somebody touched it. */
export function evidenceOf(report: Report): Evidence {
  return { modifiedTime: report.modifiedTime, contentHash: report.contentHash };
}

/** Holds the ledger's word against what was just seen: the rows of "Whose pause is it?". Pure. */
export function settle(input: SettleInput): Settled {
  const { report } = input.seen;
  const { reportName, queryId } = report;
  const ownership = { ...input.ownership, reportName, queryId, notFoundSinceMs: null };
  const refreshed = { ...input, ownership };
  switch (report.reportStatus) {
    case 'Inactive': {
      const detail = 'its schedule has run out, so nothing is left to resume';
      return close(refreshed, 'exhausted', 'ReportExhausted', detail);
    }
    case 'Active':
      return settleActive(refreshed);
    case 'Paused':
      return settlePaused(refreshed, evidenceOf(report));
  }
}
