import type { DecideInput } from '../deciding/decide.ts';
import type { WindowState } from '../deciding/desiredHolds.ts';
import type { Hold } from '../model/hold.ts';
import type { Report } from '../model/report.ts';
import type { Steps } from '../time/steps.ts';
import { formatInstant, utcText } from '../windows/formatInstant.ts';
import { hasEnd } from '../windows/occurrences.ts';
import { selectForWindow } from '../windows/selectForWindow.ts';
import type { ExpectedResumeReason } from './expectedResume.ts';
import { holdInWords } from './holdInWords.ts';
import type { PlannedReport } from './plan.ts';
import { reportsSeen } from './readAccount.ts';

/**
 * One report of a plan in sentences: what would be done, what holds it until when, when it comes back, and which window takes
 * it next. Pure.
 */
export function* reportInWords(
  planned: PlannedReport,
  known: {
    readonly input: Pick<DecideInput, 'nowMs' | 'observations'>;
    readonly holds: readonly Hold[];
    readonly windowStates: readonly WindowState[];
  },
): Steps<readonly string[]> {
  const { reportId, reportName, status, message } = planned;
  const name = reportName === '' ? reportId : `${reportName} (${reportId})`;
  return [
    `${name} is ${status ?? 'not shown by Partner Center'}.`,
    `At ${utcText(known.input.nowMs)}: ${actionWords[planned.action]}. ${message}`,
    ...known.holds.map((hold) => `Held by ${holdInWords(hold)}.`),
    ...planned.leftOutOf.map(
      ({ window, untilUtc, who, why }) =>
        `It is left out of window ${window} until ${untilUtc}, by ${who}: ${why}`,
    ),
    ...expectation(planned),
    yield* nextWindow(reportId, known),
  ];
}

const actionWords = {
  pause: 'it would be paused',
  resume: 'it would be resumed',
  none: 'nothing would be done',
} as const satisfies Record<PlannedReport['action'], string>;

const expectations: Readonly<Record<ExpectedResumeReason, string | null>> = {
  holds_end: null,
  nothing_holds_it: 'The next run brings it back.',
  when_asked: 'It stays paused until somebody resumes it.',
  windows_without_gap: 'Windows follow one another without a gap, so that none of them gives it back.',
  not_ours: null,
  doubtful: 'It is not brought back before a person has settled whose pause it is.',
  mode_off: 'MODE is off: it is not brought back.',
};

function expectation({ expectedResumeUtc, expectedResumeReason }: PlannedReport): readonly string[] {
  if (expectedResumeUtc !== null) {
    return [`It comes back at ${expectedResumeUtc}.`];
  }
  const told = expectations[expectedResumeReason];
  return told === null ? [] : [told];
}

/** The first window to begin that takes the report in. */
function* nextWindow(
  reportId: string,
  {
    input,
    windowStates,
  }: {
    readonly input: Pick<DecideInput, 'observations'>;
    readonly windowStates: readonly WindowState[];
  },
): Steps<string> {
  const reports = reportsSeen(input.observations);
  const own = reports.filter((report) => report.reportId === reportId);
  const ahead = windowStates
    .flatMap((state) => (state.next === null ? [] : [{ window: state.window, next: state.next }]))
    .sort((one, other) => one.next.fromMs - other.next.fromMs);
  for (const { window, next } of ahead) {
    const isMeant = yield* means(window, { reportId, own, reports, atMs: next.fromMs });
    if (isMeant) {
      const { timeZone } = window.schedule;
      const shown = (atMs: number) => `${utcText(atMs)} (${formatInstant(atMs, timeZone).local})`;
      const until =
        next.untilMs === null || !hasEnd(window) ? 'without an end' : `until ${shown(next.untilMs)}`;
      return `Next: window ${window.name} from ${shown(next.fromMs)} ${until}.`;
    }
  }
  return 'Next: no window takes it in.';
}

/** Whether the window takes the report in; one report is looked at before all are counted. */
function* means(
  window: WindowState['window'],
  {
    reportId,
    own,
    reports,
    atMs,
  }: {
    readonly reportId: string;
    readonly own: readonly Report[];
    readonly reports: readonly Report[];
    readonly atMs: number;
  },
): Steps<boolean> {
  const { selected, unknownIds } = yield* selectForWindow(window, own, atMs);
  if (selected.length === 0 && !unknownIds.includes(reportId)) return false;
  return !(yield* selectForWindow(window, reports, atMs)).overLimit;
}
