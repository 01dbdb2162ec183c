import type { Run, RunResult } from '../connection/answers.ts';
import { isAsAsked } from '../judgeRun.ts';
import { showInstant } from './instant.ts';
import { table } from './table.ts';
import { problemLines, type Style } from './told.ts';

/** Rows of what went as asked; more are counted only. */
const MOST_ROWS = 40;

/** A run for people: what is not as asked comes first and whole. Pure. */
export function tellRun(run: Run, asked: Parameters<typeof isAsAsked>[1], style: Style): readonly string[] {
  const undone = run.results.filter((result) => !isAsAsked(result, asked));
  const done = run.results.filter((result) => isAsAsked(result, asked));
  const touched = run.door === 'tick' || run.door === 'drain' ? done.filter(isChange) : done;
  const shownDone = style.showsAll ? done : touched.slice(0, MOST_ROWS);
  const left = done.length - shownDone.length;
  const rows = [...undone, ...shownDone].map((result) => [
    ...[result.reportName, result.reportId, result.after ?? '?', result.outcome],
    isAsAsked(result, asked) ? result.message : noteOf(result),
  ]);
  const lines = table(['Report', 'Id', 'Now', 'Outcome', 'Why'], rows, style.width);
  return [
    ...(rows.length === 0 ? [] : lines),
    ...(left > 0 ? [`... and ${left} more as they should be (--all lists them).`] : []),
    ...(rows.length + left > 0 ? [''] : []),
    ...problemLines(run.problems),
    ...(run.occurrence === undefined || run.status === 'failed'
      ? []
      : [
          `Window ${run.occurrence.window}: this occurrence ends at ${showInstant(run.occurrence.untilUtc, style.timeZone)}.`,
        ]),
    ...endLine(run, style.timeZone),
    run.dryRun === true
      ? `DRY RUN, nothing was done. ${run.door} would come to: ${summaryOf(run)}. ${foreseen(undone.length, run)}`
      : `${run.door}: ${summaryOf(run)}. ${verdict(undone.length, run)} Run ${run.runId}.`,
    ...(undone.some(({ outcome }) => outcome === 'stillHeld')
      ? [
          'What a window holds resumes at its end; --include-windows ends its effect now. "why ID" tells who holds it.',
        ]
      : []),
    ...(undone.some(({ outcome }) => outcome === 'doubtful')
      ? ['Doubtful: ask who paused it. If it shall run: resume ID --take-over --reason TEXT.']
      : []),
  ];
}

/** A pause says until when, also where it has no end. */
function endLine({ untilUtc }: Run, timeZone: string): readonly string[] {
  if (untilUtc === undefined) {
    return [];
  }
  return untilUtc === null
    ? ['It has no end: the reports stay paused until somebody resumes them.']
    : [`Until ${showInstant(untilUtc, timeZone)}.`];
}

function isChange({ outcome }: RunResult): boolean {
  return outcome === 'paused' || outcome === 'resumed';
}

function noteOf({ message, code, requestId, outcome }: RunResult): string {
  const support = outcome === 'failed' && requestId !== null ? `; MS-RequestId ${requestId}` : '';
  return `${message} (${code}${support})`;
}

function summaryOf({ summary }: Run): string {
  const parts = Object.entries(summary).map(([outcome, number]) => `${number} ${outcome}`);
  return parts.length === 0 ? 'no report concerned' : parts.join(', ');
}

function foreseen(undone: number, { status, results }: Run): string {
  if (undone > 0) {
    return `NOT ALL WOULD BE DONE: ${undone} of ${results.length}.`;
  }
  return status === 'ok' ? 'All would be as asked.' : 'NOT ALL WOULD BE DONE: see the problems.';
}

function verdict(undone: number, { status, results }: Run): string {
  if (undone > 0) {
    return `NOT ALL DONE: ${undone} of ${results.length}.`;
  }
  return status === 'ok' ? 'All done.' : 'NOT ALL DONE: see the problems.';
}
