import type { Item } from '../http/answer.ts';
import type { Report } from '../model/report.ts';
import type { Surface } from '../surfaces.ts';

/**
 * A report as a surface shows it: sixteen fields on mpn; cmp v1 knows no `executeNow` and no `callbackMethod`;
 * v1.1 adds the three fields of its glossary. Sources: the three "Pause report executions" pages.
 */
export function wireReport(report: Report, surface: Surface): Item {
  const head = {
    reportId: report.reportId,
    reportName: report.reportName,
    description: report.description,
    queryId: report.queryId,
    query: report.query,
    user: report.user,
    createdTime: report.createdTime,
    modifiedTime: report.modifiedTime,
  };
  const schedule = {
    startTime: report.startTime,
    reportStatus: report.reportStatus,
    recurrenceInterval: report.recurrenceInterval,
    recurrenceCount: report.recurrenceCount,
    callbackUrl: report.callbackUrl,
  };
  const { executeNow, callbackMethod, queryStartTime, queryEndTime, format } = report;
  switch (surface.name) {
    case 'mpn-v1':
      return { ...head, executeNow, ...schedule, callbackMethod, format };
    case 'cmp-v1':
      return { ...head, ...schedule, format };
    case 'cmp-v1.1':
      return { ...head, executeNow, queryStartTime, queryEndTime, ...schedule, format };
  }
}
