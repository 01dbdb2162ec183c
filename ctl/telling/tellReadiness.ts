import type { Readiness } from '../connection/answers.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import { count, type Style } from './told.ts';

/** How far a window is, in one line for people who wait. Pure. */
export function readinessWord({ counts, problem }: Readiness): string {
  const { selected, paused, pausedByOthers, notPaused, waiting, executions, executionsUnread } = counts;
  const known = `${paused + pausedByOthers} of ${count(selected, 'report')} paused`;
  const open = [
    ...(waiting > 0 ? [`${waiting} awaited`] : []),
    ...(notPaused > 0 ? [`${notPaused} NOT PAUSED`] : []),
    ...(executions > 0
      ? [executions === 1 ? '1 execution still runs' : `${executions} executions still run`]
      : []),
    ...(waiting === 0 && executionsUnread > 0
      ? [`executions of ${count(executionsUnread, 'report')} to be asked for`]
      : []),
    ...(problem === null ? [] : [`executions could not be read (${problem.code})`]),
  ];
  return [known, ...open].join(', ');
}

/** Whether the work may begin, and what stands in its way or is not paused. Pure. */
export function tellReadiness(window: string, readiness: Readiness, { width }: Style): readonly string[] {
  const { isReady, waiting, notPaused, executions } = readiness;
  const rows = [
    ...waiting.map(({ reportName, reportId, code, message }) => [
      ...[reportName, reportId, 'awaited', `${message} (${code})`],
    ]),
    ...executions.map(({ reportName, reportId, executionId, status }) => [
      ...[reportName, reportId, status.toLowerCase(), `execution ${executionId}`],
    ]),
    ...notPaused.map(({ reportName, reportId, code, message }) => [
      ...[reportName, reportId, 'NOT PAUSED', `${message} (${code})`],
    ]),
  ];
  return [
    ...(rows.length === 0 ? [] : [...table(['Report', 'Id', 'Is', 'Why'], rows, width), '']),
    plain(`Window ${window}: ${readinessWord(readiness)}. ${isReady ? 'READY.' : 'NOT READY.'}`),
  ];
}
