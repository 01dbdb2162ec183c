import type { Report } from '../model/report.ts';
import { contentHash } from './contentHash.ts';
import { normalizeKeys } from './normalizeKeys.ts';
import { parseReportId } from './parseReportId.ts';
import { parseOneOf, parseTimeMs, parseWholeNumber } from './parseScalars.ts';
import { plainText } from './plainText.ts';

/**
 * A report of the service, whatever the casing of its keys; null where it has no UUID or none of the three statuses,
 * because nothing may be decided about such a one. Other fields may be missing. Pure.
 */
export function parseReport(item: unknown): Report | null {
  const fields = normalizeKeys(item);
  const id = fields?.get('reportid');
  const reportId = typeof id === 'string' ? parseReportId(id) : null;
  const reportStatus = parseOneOf(fields?.get('reportstatus'), ['Active', 'Paused', 'Inactive']);
  if (fields === null || reportId === null || reportStatus === null) return null;
  return {
    reportId,
    reportName: shortText(fields.get('reportname')),
    queryId: shortText(fields.get('queryid')).toLowerCase(),
    user: shortText(fields.get('user')),
    reportStatus,
    executeNow: parseOneOf(String(fields.get('executenow')), ['true', 'false']) === 'true',
    modifiedTime: shortText(fields.get('modifiedtime')) || null,
    startTimeMs: parseTimeMs(fields.get('starttime')),
    recurrenceIntervalInHours: parseWholeNumber(fields.get('recurrenceinterval')),
    recurrenceCount: parseWholeNumber(fields.get('recurrencecount')),
    contentHash: contentHash(fields),
  };
}

function shortText(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? plainText(String(value), 256) : '';
}
