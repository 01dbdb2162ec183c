import type { Explained } from '../connection/answers.ts';
import { holdSentence, moreHolds } from './holds.ts';
import { showInstant } from './instant.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import { wrap } from './textWidth.ts';
import type { Style } from './told.ts';

/** Entries of the history that are shown without `--all`. */
const MOST_ENTRIES = 15;

/** Why a report is as it is, in sentences, with the evidence of whose pause it is; then what was done to it. Pure. */
export function tellWhy(report: Explained, style: Style): readonly string[] {
  const sentences = [
    `${report.reportName} (${report.reportId}, account ${report.account}) is ${report.status ?? 'not shown by Partner Center'}${whose(report)}.`,
    report.message,
    ...(report.evidence == null ? [] : [`Evidence: ${report.evidence}`]),
    ...report.holds.map((hold) => holdSentence(hold, style.timeZone)),
    ...moreHolds(report).map((more) => `It has ${more} holds that are not told here.`),
    ...expectation(report, style.timeZone),
  ];
  const shown = report.history.slice(0, style.showsAll ? report.history.length : MOST_ENTRIES);
  const left = report.history.length - shown.length;
  const rows = shown.map(({ atUtc, what, who, why, requestId }) => [
    ...[inWords(what), showInstant(atUtc, style.timeZone)],
    `${becauseOf(who, why)}${requestId === null || !style.showsAll ? '' : ` [MS-RequestId ${requestId}]`}`,
  ]);
  return [
    ...sentences.flatMap((sentence) => wrap(plain(sentence), style.width)),
    '',
    ...(rows.length === 0 ? ['Nothing was done to it in the time that is kept.'] : []),
    ...(rows.length === 0 ? [] : table(['What', 'When', 'Who and why'], rows, style.width)),
    ...(left > 0 ? [`... and ${left} earlier (--all lists them).`] : []),
  ];
}

/** `holdBegun` as people read it: `hold begun`. */
function inWords(what: string): string {
  return what.replaceAll(/(?<=[a-z])(?=[A-Z])/g, ' ').toLowerCase();
}

/** A reason begins with the code of what was decided, and may name who asked once more. */
function becauseOf(who: string, why: string): string {
  const [code = '', ...rest] = why.split('; ');
  const said = /^[a-z]+(?:_[a-z]+)+$/.test(code) ? [code.replaceAll('_', ' '), ...rest] : [code, ...rest];
  return `${who}: ${said.map((part) => (part.startsWith(`${who}: `) ? part.slice(who.length + 2) : part)).join('; ')}`;
}

const whoseWords: Readonly<Record<string, string>> = {
  paused: ', paused by us',
  pausing: ', and our pause of it is under way',
  resuming: ', and our resume of it is under way',
  doubtful: ', and it is doubtful who paused it',
};

function whose({ ownership, status }: Explained): string {
  if (ownership === null) {
    return status === 'Paused' ? ', and not by us' : '';
  }
  return whoseWords[ownership] ?? ` (${ownership})`;
}

function expectation(
  { expectedResumeUtc, expectedResumeReason, ownership, reportId }: Explained,
  timeZone: string,
): readonly string[] {
  if (ownership === 'doubtful') {
    return [`Ask who paused it. If it shall run: resume ${reportId} --take-over --reason TEXT.`];
  }
  if (expectedResumeUtc !== null) {
    return [`Expected resume: ${showInstant(expectedResumeUtc, timeZone)}.`];
  }
  switch (expectedResumeReason) {
    case 'when_asked':
      return [`It stays so until somebody asks: resume ${reportId}.`];
    case 'windows_without_gap':
      return ['Windows follow one another without a gap, so that none of them ever gives it back.'];
    case 'mode_off':
      return ['MODE is off, so it is not resumed.'];
    default:
      return [];
  }
}
