import type { ReportExecution } from '../model/report.ts';
import { parseServiceTime } from '../model/serviceTime.ts';
import { normalizeKeys } from './normalizeKeys.ts';
import { parseReportId } from './parseReportId.ts';
import { parseOneOf } from './parseScalars.ts';

/** A run of a report, without its download link; null where an id or the status cannot be read. Pure. */
export function parseExecution(item: unknown): ReportExecution | null {
  const fields = normalizeKeys(item);
  const executionId = parseReportId(String(fields?.get('executionid')));
  const reportId = parseReportId(String(fields?.get('reportid')));
  const executionStatus = parseOneOf(fields?.get('executionstatus'), [
    'Pending',
    'Running',
    'Paused',
    'Completed',
  ]);
  if (executionId === null || reportId === null || executionStatus === null) return null;
  const generatedTimeMs = parseServiceTime(fields?.get('reportgeneratedtime'));
  return { executionId, reportId, executionStatus, generatedTimeMs };
}
