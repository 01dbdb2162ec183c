import type { Exemption, ExemptionChange, Exemptions, NamedReports } from '../connection/exemptionAnswers.ts';
import { showInstant } from './instant.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import { count, problemLines, type Style } from './told.ts';

/** So many reports of one line are named. */
const NAMED = 5;

/** Every exemption: which reports, of which windows, until when, who and why. Pure. */
export function tellExemptions({ exemptions, problems }: Exemptions, style: Style): readonly string[] {
  const shown = exemptions.filter(({ state }) => style.showsAll || state === 'active');
  const accounts = new Set(exemptions.map(({ account }) => account));
  const rows = shown.map((one) => [
    ...[meant(one), ...(accounts.size > 1 ? [one.account] : []), one.id, windowsOf(one)],
    ...[showInstant(one.untilUtc, style.timeZone), noteOf(one)],
  ]);
  const head = [
    'Reports',
    ...(accounts.size > 1 ? ['Account'] : []),
    'Id',
    'Windows',
    'Until',
    'Who and why',
  ];
  const over = exemptions.length - shown.length;
  return [
    ...(rows.length === 0 ? ['No report is left out of a window.'] : table(head, rows, style.width)),
    ...(over === 0 ? [] : [`${over} ended within a day (--all lists them).`]),
    ...(problems.length === 0 ? [] : ['', ...problemLines(problems)]),
  ];
}

/** What an exemption, or its end, is and does. Pure. */
export function tellExemption(change: ExemptionChange, style: Style): readonly string[] {
  const { exemption, effect, actsUtc, dryRun } = change;
  const { id, untilUtc, leavesOut, state, ended } = exemption;
  const at = showInstant(untilUtc, style.timeZone);
  // One report that is named is all there is to tell.
  const isOne = exemption.reports.ids?.length === 1 && leavesOut?.count === 1;
  const out = leavesOut === null || isOne ? '' : `; now that is ${named(leavesOut)}`;
  const first =
    state === 'active'
      ? `${capital(meant(exemption))} ${dryRun ? 'would be' : 'is'} left out of ${windowsOf(exemption)} until ${at}${out}.`
      : ended === null
        ? `It has ended by itself at ${at}.`
        : `${dryRun ? 'Would be ended' : 'Ended'}: ${meant(exemption)}, left out of ${windowsOf(exemption)} until ${at}; by ${ended.who}: ${ended.why}`;
  const when = `at the next tick (${showInstant(actsUtc, style.timeZone)})`;
  const lines =
    effect === null
      ? ['What it does about reports cannot be told: they could not be read. It counts all the same.']
      : [
          ...lineOf(effect.resumes, dryRun ? `Would come back ${when}` : `Comes back ${when}`),
          ...lineOf(effect.pauses, dryRun ? `Would be paused again ${when}` : `Is paused again ${when}`),
          ...lineOf(effect.staysPaused, 'Stays paused, held by something else or paused by a person'),
        ];
  const last = dryRun
    ? ['Nothing was done: this is what would be.']
    : state === 'active'
      ? [`To end it before: exemptions end ${id} --why TEXT`]
      : [];
  return [first, ...lines, ...last].map(plain);
}

function lineOf(reports: NamedReports, what: string): readonly string[] {
  return reports.count === 0 ? [] : [`${what}: ${named(reports)}.`];
}

function meant({ reports, leavesOut }: Exemption): string {
  const { ids, all, namePattern, queryId } = reports;
  if (ids !== null) {
    const only = ids.length === 1 ? leavesOut?.reports[0]?.reportName : undefined;
    return only ?? (ids.length === 1 ? `report ${ids[0] ?? ''}` : `each of ${count(ids.length, 'report')}`);
  }
  const said = [
    ...(namePattern === null ? [] : [`"${namePattern}"`]),
    ...(queryId === null ? [] : [`query ${queryId}`]),
  ];
  return all ? 'every report' : `what matches ${said.join(' and ')}`;
}

function windowsOf({ allWindows, windows }: Exemption): string {
  return allWindows ? 'every window' : windows.join(', ');
}

function noteOf({ who, why, state, ended, leavesOut }: Exemption): string {
  const now = leavesOut === null ? '' : `; now ${count(leavesOut.count, 'report')}`;
  const over = ended === null ? `; ${state}` : `; ended by ${ended.who}: ${ended.why}`;
  return `${who}: ${why}${state === 'active' ? now : over}`;
}

function named({ count: number, reports }: NamedReports): string {
  const names = reports
    .slice(0, NAMED)
    .map(({ reportName, reportId }) => (reportName === '' ? reportId : reportName));
  const rest = number - names.length;
  return `${count(number, 'report')}${number === 0 ? '' : ` (${names.join(', ')}${rest > 0 ? `, and ${rest} more` : ''})`}`;
}

function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
