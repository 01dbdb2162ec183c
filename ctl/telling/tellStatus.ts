import type { Report, Reports, Windows } from '../connection/answers.ts';
import { accountColumn } from './accountColumn.ts';
import { moreHolds, shortHold } from './holds.ts';
import { plain } from './plain.ts';
import { MOST_LISTED, sumUp } from './sumUp.ts';
import { table } from './table.ts';
import { openWindowLines, windowProblemLines } from './tellWindows.ts';
import { wrap } from './textWidth.ts';
import { count, problemLines, type Style } from './told.ts';

/** Kinds of reports that a person should know of, the most urgent first; what is none of them is as usual. */
const kinds = [
  'left paused',
  'doubtful',
  'not seen',
  'owed',
  'ours',
  'foreign',
  'to be paused',
  'held',
] as const;

/** Kinds that are listed one by one however many they are. */
const wantsPerson: ReadonlySet<string> = new Set(['left paused', 'doubtful', 'not seen', 'owed']);

/** What the status says of a report beside its state; null where it is as usual. Pure. */
function kindOf({ ownership, status, reason, holds, attention }: Report): (typeof kinds)[number] | null {
  if (attention?.some(({ cause }) => cause === 'leftPaused')) {
    return 'left paused';
  }
  if (ownership === 'doubtful') {
    return 'doubtful';
  }
  if (ownership !== null) {
    const isOwed = reason === 'resume_not_done' || reason === 'last_hold_ended';
    return status === null ? 'not seen' : isOwed ? 'owed' : 'ours';
  }
  if (status === 'Paused') {
    return 'foreign';
  }
  if (reason === 'hold_began' || reason === 'pause_not_done') {
    return 'to be paused';
  }
  return holds.length > 0 && status !== 'Inactive' ? 'held' : null;
}

/** The whole situation, what is not as usual first. Pure. */
export function tellStatus(reports: Reports, windows: Windows, style: Style): readonly string[] {
  const told = reports.reports.map((report) => ({ report, kind: kindOf(report) }));
  const unusual = kinds.flatMap((kind) => told.filter((one) => one.kind === kind));
  const usual = told.filter(({ kind }) => kind === null);
  const isSummedUp = !style.showsAll && unusual.length > MOST_LISTED;
  const wanting = unusual.filter(
    ({ report, kind }) => (kind !== null && wantsPerson.has(kind)) || (report.attention ?? []).length > 0,
  );
  const listed = isSummedUp ? wanting : [...unusual, ...(style.showsAll ? usual : [])];
  const account = accountColumn(reports.reports);
  const rows = listed.map(({ report, kind }) => [
    ...[report.reportName, report.reportId, ...account.cell(report), report.status ?? 'unknown', kind ?? ''],
    reportNote(report, style.timeZone),
  ]);
  const header = ['Report', 'Id', ...account.header, 'Now', 'Is', 'Why'];
  const summary = isSummedUp
    ? [...sumUp(unusual, style.timeZone), 'Listed is what wants a person; --all lists every report.', '']
    : [];
  const problems = [...problemLines(reports.problems), ...windowProblemLines(windows)];
  return [
    ...summary.flatMap((line) => (line === '' ? [line] : wrap(plain(line), style.width))),
    ...(rows.length === 0 ? [] : [...table(header, rows, style.width), '']),
    ...(problems.length === 0 ? [] : [...problems, '']),
    ...openWindowLines(windows),
    `${countKinds(unusual.map(({ kind }) => kind))}${count(usual.length, 'report')} as usual${countStates(usual)}.`,
    ...(unusual.some(({ kind }) => kind === 'doubtful')
      ? ['Doubtful: ask who paused it. If it shall run: resume ID --take-over --reason TEXT.']
      : []),
  ];
}

/** Why a report is as it is, and who holds it until when. Pure. */
export function reportNote(report: Report, timeZone: string): string {
  const { holds, reason, message } = report;
  const held = [...holds.map((hold) => shortHold(hold, timeZone)), ...moreHolds(report)];
  const isTold = reason === 'held' || held.length === 0;
  return held.length === 0 ? message : `${isTold ? '' : `${message} `}Held by ${held.join('; ')}.`;
}

function countKinds(found: readonly (string | null)[]): string {
  return kinds
    .map((kind) => ({ kind, number: found.filter((one) => one === kind).length }))
    .filter(({ number }) => number > 0)
    .map(({ kind, number }) => `${number} ${kind}, `)
    .join('');
}

function countStates(usual: readonly { readonly report: Report }[]): string {
  const inactive = usual.filter(({ report }) => report.status === 'Inactive').length;
  return inactive === 0 ? '' : ` (${inactive} of them inactive)`;
}
