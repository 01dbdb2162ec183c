import type { HistoryEntry, PastOccurrence, PastRun } from '../connection/historyAnswers.ts';
import { showInstant } from './instant.ts';
import { plain } from './plain.ts';
import { wrap } from './textWidth.ts';
import { count, type Style } from './told.ts';

interface Part {
  readonly days: number;
  /** Whether there is more than was asked for. */
  readonly isCut: boolean;
}

/** Reports of an occurrence that are named without `--all`. */
const MOST_REPORTS = 5;

/** What windows did, the last night first: a sentence each, and the reports of which there is more to say. Pure. */
export function tellPastOccurrences(
  { occurrences, ...part }: Part & { readonly occurrences: readonly PastOccurrence[] },
  style: Style,
): readonly string[] {
  const accounts = new Set(occurrences.map(({ account }) => account));
  const lines = occurrences.flatMap((one) => [
    ...sentence(`${accounts.size > 1 ? `${one.account}: ` : ''}${one.inWords}.`, style),
    ...reportLines(one, style),
  ]);
  return orNothing(lines, 'No window was open', part);
}

const outcomeWords: Readonly<Record<string, string>> = {
  resumed: 'paused and resumed',
  owed: 'STILL TO BE RESUMED',
  failed: 'NOT PAUSED',
  doubtful: 'IN DOUBT',
  foreign: 'already paused by a person',
  resumedByPerson: 'resumed by a person meanwhile',
  stillHeld: 'held on by something else',
  notFound: 'not found',
  inactive: 'its schedule has run out',
};

function reportLines({ reports, moreReports }: PastOccurrence, style: Style): readonly string[] {
  const shown = style.showsAll ? reports : reports.slice(0, MOST_REPORTS);
  const left = reports.length - shown.length + moreReports;
  const lines = shown.flatMap(({ reportId, reportName, outcome, message, missedExecutions }) => {
    const missed = missedExecutions === 0 ? '' : `; missed ${count(missedExecutions, 'execution')}`;
    const why = message === '' ? '' : `: ${message}`;
    const name = reportName === '' ? reportId : `${reportName} (${reportId})`;
    return indented(`${name} ${outcomeWords[outcome] ?? outcome}${why}${missed}`, style);
  });
  return left > 0 ? [...lines, `    ... and ${count(left, 'more report')}${hint(style)}`] : lines;
}

/** What runs did, the last one first. Pure. */
export function tellPastRuns(
  { runs, ...part }: Part & { readonly runs: readonly PastRun[] },
  style: Style,
): readonly string[] {
  const accounts = new Set(runs.flatMap((run) => run.accounts));
  const lines = runs.flatMap(({ startedUtc, inWords, runId, status, accounts: own }) => {
    const whose = accounts.size > 1 && own.length > 0 ? ` (${own.join(', ')})` : '';
    const how = status === 'ok' ? '' : ` ${status.toUpperCase()}`;
    return [
      ...sentence(`${showInstant(startedUtc, style.timeZone)}${whose}${how}  ${inWords}.`, style),
      `    runs ${runId}`,
    ];
  });
  return orNothing(lines, 'No run did anything', part);
}

/** What happened to one report, the last first. Pure. */
export function tellReportHistory(
  {
    reportName,
    reportId,
    entries,
    ...part
  }: Part & {
    readonly reportName: string;
    readonly reportId: string;
    readonly entries: readonly HistoryEntry[];
  },
  style: Style,
): readonly string[] {
  const lines = entries.flatMap(({ atUtc, inWords }) =>
    sentence(`${showInstant(atUtc, style.timeZone)}  ${inWords}.`, style),
  );
  const title = reportName === '' ? reportId : `${reportName} (${reportId})`;
  return [plain(title), ...orNothing(lines, 'Nothing was done to it', part)];
}

function orNothing(lines: readonly string[], nothing: string, { days, isCut }: Part): readonly string[] {
  const span = count(days, 'day');
  if (lines.length === 0) return [`${nothing} in the last ${span}. 90 days are kept: --days 90.`];
  return isCut ? [...lines, `... and more within ${span} (--all tells them).`] : lines;
}

function hint({ showsAll }: Style): string {
  return showsAll ? '.' : ' (--all names them).';
}

function sentence(text: string, { width }: Style): readonly string[] {
  const [first = '', ...rest] = wrap(plain(text), Math.max(20, width - 2));
  return [first, ...rest.map((line) => `  ${line}`)];
}

function indented(text: string, { width }: Style): readonly string[] {
  return wrap(plain(text), Math.max(20, width - 6)).map(
    (line, at) => `${at === 0 ? '    ' : '      '}${line}`,
  );
}
