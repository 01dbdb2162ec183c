import type { Problem, Report } from '../connection/answers.ts';
import { accountColumn } from './accountColumn.ts';
import { table } from './table.ts';
import { reportNote } from './tellStatus.ts';
import { count, problemLines, type Style } from './told.ts';

/** The reports that were asked for, in the order of the app. Pure. */
export function tellReports(
  {
    reports,
    problems,
    isCut,
  }: { readonly reports: readonly Report[]; readonly problems: readonly Problem[]; readonly isCut: boolean },
  { width, timeZone }: Style,
): readonly string[] {
  const account = accountColumn(reports);
  const rows = reports.map((report) => [
    ...[report.reportName, report.reportId, ...account.cell(report), report.status ?? 'unknown'],
    reportNote(report, timeZone),
  ]);
  return [
    ...(rows.length === 0
      ? []
      : [...table(['Report', 'Id', ...account.header, 'Now', 'Why'], rows, width), '']),
    ...problemLines(problems),
    `${count(reports.length, 'report')}${isCut ? ', and more: raise --limit' : ''}.`,
  ];
}
