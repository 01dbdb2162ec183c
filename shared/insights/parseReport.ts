import type { Report } from '../model/report.ts';
import { parseServiceTime } from '../model/serviceTime.ts';
import { safeName, safeText } from '../text/safeText.ts';
import { contentsOf } from './contentsOf.ts';
import { normalizeKeys } from './normalizeKeys.ts';
import { parseReportId } from './parseReportId.ts';
import { parseOneOf, parseWholeNumber } from './parseScalars.ts';

/** The service's own limit of a name. */
const MAX_LENGTH = 256;

/**
 * A report of the service, whatever the casing of its keys; null where it has no UUID or none of the three statuses,
 * because nothing may be decided about such a one. Other fields may be missing. No text of it holds a secret: windows
 * select by the name as it is shown. Pure.
 */
export function parseReport(item: unknown): Report | null {
  const fields = normalizeKeys(item);
  const id = fields?.get('reportid');
  const reportId = typeof id === 'string' ? parseReportId(id) : null;
  const reportStatus = parseOneOf(fields?.get('reportstatus'), ['Active', 'Paused', 'Inactive']);
  if (fields === null || reportId === null || reportStatus === null) return null;
  return {
    reportId,
    reportName: safeName(textOf(fields.get('reportname')), MAX_LENGTH),
    queryId: shortText(fields.get('queryid')).toLowerCase(),
    user: shortText(fields.get('user')),
    reportStatus,
    executeNow: parseOneOf(String(fields.get('executenow')), ['true', 'false']) === 'true',
    modifiedMs: parseServiceTime(fields.get('modifiedtime')),
    startTimeMs: parseServiceTime(fields.get('starttime')),
    recurrenceIntervalInHours: parseWholeNumber(fields.get('recurrenceinterval')),
    recurrenceCount: parseWholeNumber(fields.get('recurrencecount')),
    contents: contentsOf(fields),
  };
}

function shortText(value: unknown): string {
  return safeText(textOf(value), MAX_LENGTH);
}

function textOf(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
