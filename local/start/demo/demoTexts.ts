import { formatTable } from '../table.ts';
import { castList } from './cast.ts';
import { instantOf, maintenanceWindows, wallTime, windowMinutes } from './demoNight.ts';
import { runMinute } from './demoScript.ts';
import type { DemoVerdict } from './judgeDemo.ts';

/** What a newcomer must know before the night begins. */
export function formatIntroduction(): string {
  const [window] = maintenanceWindows;
  const [from, until] = [wallTime(instantOf(0)), wallTime(instantOf(windowMinutes))];
  return `
Every night at ${wallTime(instantOf(runMinute))} Partner Center makes report files for a data platform. Tonight, Saturday 6 June 2026,
the platform's database is upgraded from ${from} to ${until}, and nobody could take the files. Intermission pauses
the reports for that window and afterwards resumes exactly the ones it has paused: not those that a person
had paused, and none that a person has decided about meanwhile.

The window is one app setting:
  MAINTENANCE_WINDOWS=[${JSON.stringify(window)}]

Everything runs on this machine: the real functions, an emulated Insights API, emulated storage. The clock is sped
up. As deployed a timer fires each minute, and Intermission looks where something is due (a tick). Here it is
asked to every five minutes, so that the night is short to read. Dana and Sam are people who act through the
same API with their own sign-in. All ${castList.length} reports are Active at first.
`;
}

/** The closing table and the one line that counts; then what is not as it should be. Pure. */
export function formatVerdict(verdict: DemoVerdict, ranReportIds: ReadonlySet<string>): string {
  const rows = verdict.reports.map(({ report, before, during, after, isAsLeft }) => [
    report.reportName,
    before,
    during,
    after,
    report.recurrenceInHours > 24 ? 'not due' : ranReportIds.has(report.reportId) ? 'yes' : 'no',
    isAsLeft ? 'yes' : 'NO',
    report.part,
  ]);
  const runTitle = `Ran at ${wallTime(instantOf(runMinute))}`;
  const table = formatTable(
    ['Report', 'Before', 'During', 'After', runTitle, 'As its human left it?', 'Its part'],
    rows,
  );
  return `\n${table}\n\n${formatSentence(verdict)}`;
}

function formatSentence({ reports, faults, changeCount }: DemoVerdict): string {
  if (faults.length === 0) {
    return `Verdict: all is as it should be. By the Insights API's own record of ${changeCount} changes, each of the ${reports.length} reports is as its human left it.`;
  }
  return [
    'Verdict: not as it should be, by the Insights API’s own record:',
    ...faults.map((one) => `- ${one}`),
  ].join('\n');
}
