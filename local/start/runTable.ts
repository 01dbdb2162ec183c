import { formatTable, plain } from './table.ts';
import type { TickRun } from './tickRun.ts';

/** A run as people read it: a line per report with what it was, what it is, and why. Pure. */
export function formatRun(run: TickRun): string {
  const rows = run.results.map(({ reportName, reportId, before, after, outcome, code, message }) => [
    reportName === '' ? reportId : reportName,
    before ?? '-',
    after ?? '-',
    outcome,
    message === '' ? code : message,
  ]);
  const problems = run.problems.map(({ code, message }) => `! ${code}: ${plain(message)}`);
  return [
    formatTable(['Report', 'Was', 'Is now', 'Outcome', 'Why'], rows),
    ...problems,
    '',
    `Run ${run.runId}: ${run.status}, ${run.results.length} reports in ${run.durationInMs} ms.`,
  ].join('\n');
}
