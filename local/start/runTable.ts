import { stripVTControlCharacters } from 'node:util';
import type { TickRun } from './tickRun.ts';

const longestCell = 40;

/** A run as people read it: a line per report with what it was, what it is, and why. Pure. */
export function formatRun(run: TickRun): string {
  const header = ['Report', 'Was', 'Is now', 'Outcome', 'Why'];
  const rows = run.results.map(({ reportName, reportId, before, after, outcome, code, message }) => [
    cell(reportName === '' ? reportId : reportName),
    cell(before ?? '-'),
    cell(after ?? '-'),
    cell(outcome),
    clean(message === '' ? code : message),
  ]);
  const widths = header.map((title, column) =>
    Math.max(...[header, ...rows].map((row) => row[column]?.length ?? 0), title.length),
  );
  const lines = [header, widths.map((width) => '-'.repeat(Math.min(width, longestCell))), ...rows].map(
    (row) =>
      row
        .map((text, column) => text.padEnd(column === row.length - 1 ? 0 : (widths[column] ?? 0)))
        .join('  '),
  );
  const problems = run.problems.map(({ code, message }) => `! ${code}: ${clean(message)}`);
  return [
    ...lines,
    ...problems,
    '',
    `Run ${run.runId}: ${run.status}, ${run.results.length} reports in ${run.durationInMs} ms.`,
  ].join('\n');
}

function cell(text: string): string {
  const cleaned = clean(text);
  return cleaned.length <= longestCell ? cleaned : `${cleaned.slice(0, longestCell - 1)}…`;
}

function clean(text: string): string {
  return stripVTControlCharacters(text).replace(/\p{Cc}/gu, ' ');
}
