import type { Plan } from '../connection/answers.ts';
import { showInstant } from './instant.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import { windowProblemLine } from './tellWindows.ts';
import { wrap } from './textWidth.ts';
import { count, problemLines, type Style } from './told.ts';

/** What would be done at that instant, then which windows open. Pure. */
export function tellPlan(plan: Plan, style: Style): readonly string[] {
  const shown = plan.reports.filter(({ action }) => style.showsAll || action !== 'none');
  const rows = shown.map((report) => [
    ...[report.reportName, report.reportId, report.status ?? 'unknown', report.action],
    noteOf(report),
  ]);
  const still = plan.reports.length - shown.length;
  const problems = [...problemLines(plan.problems), ...plan.warnings.map(windowProblemLine)];
  const { inWords } = plan;
  const told = inWords?.flatMap((sentence) => wrap(plain(withLocalTimes(sentence, style)), style.width));
  return [
    `Plan for ${showInstant(plan.atUtc, style.timeZone)}, MODE ${plan.mode}:`,
    ...(told ?? []),
    ...(told !== undefined || rows.length === 0
      ? []
      : table(['Report', 'Id', 'Now', 'Action', 'Why'], rows, style.width)),
    ...(told !== undefined || still === 0
      ? []
      : [`Nothing would be done about ${count(still, 'report')} (--all lists them).`]),
    ...(plan.forecast.length === 0 ? [] : ['', ...forecast(plan, style)]),
    ...(problems.length === 0 ? [] : ['', ...problems]),
  ];
}

/**
 * The app tells instants in UTC, which people here read in their own zone; a window's own time beside it is left out where that is
 * the same. A sentence of the app is text like any other.
 */
function withLocalTimes(sentence: string, { timeZone }: Style): string {
  const once = sentence.replaceAll(/ \(\d{4}-[\dT:.+-]+\[([^\]]+)\]\)/g, (local, zone) =>
    zone === timeZone ? '' : local,
  );
  return once.replace(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d{3})?Z/g, (utc) =>
    showInstant(utc, timeZone),
  );
}

function noteOf({ message, inFlight, executionsInWindowUtc }: Plan['reports'][number]): string {
  const sentence = message.replace(/\.$/, '');
  const running = inFlight === null || inFlight === 0 ? '' : `; ${count(inFlight, 'execution')} running now`;
  const due = executionsInWindowUtc.length;
  return `${sentence}${running}${due === 0 ? '' : `; ${count(due, 'execution')} due in the window`}`;
}

function forecast(
  { forecast: ahead, forecastCutAtUtc }: Plan,
  { width, timeZone }: Style,
): readonly string[] {
  const rows = ahead.map(({ window, fromUtc, untilUtc, actions, executions }) => [
    ...[window, showInstant(fromUtc, timeZone)],
    untilUtc === null ? 'resumed' : showInstant(untilUtc, timeZone),
    [
      ...Object.entries(actions).map(([action, number]) => `${number} ${action}`),
      `${count(executions, 'execution')} due`,
    ].join(', '),
  ]);
  return [
    ...table(['Window', 'From', 'Until', 'What'], rows, width),
    ...(forecastCutAtUtc === null
      ? []
      : [
          `The first ${ahead.length} are shown, up to ${showInstant(forecastCutAtUtc, timeZone)}. Go on: plan --at ${forecastCutAtUtc} --until ...`,
        ]),
  ];
}
