import type { DecideInput } from '../deciding/decide.ts';
import type { WindowState } from '../deciding/desiredHolds.ts';
import type { Hold } from '../model/hold.ts';
import type { Steps } from '../time/steps.ts';
import { formatInstant, utcText } from '../windows/formatInstant.ts';
import { hasEnd } from '../windows/occurrences.ts';
import type { ExpectedResumeReason } from './expectedResume.ts';
import { holdInWords } from './holdInWords.ts';
import type { LeftOutOf } from './leftOutOf.ts';
import type { PlannedReport } from './plan.ts';
import { type TakenIn, takenInNext } from './takenInNext.ts';

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
  const ahead = yield* takenInNext(reportId, known);
  const name = reportName === '' ? reportId : `${reportName} (${reportId})`;
  return [
    `${name} is ${status ?? 'not shown by Partner Center'}.`,
    `At ${utcText(known.input.nowMs)}: ${actionWords[planned.action]}. ${message}`,
    ...known.holds.map((hold) => `Held by ${holdInWords(hold)}.`),
    ...planned.leftOutOf.map(leftOutInWords),
    ...ahead.leftOutOf.map(leftOutInWords),
    ...expectation(planned),
    ahead.next === null ? 'Next: no window takes it in.' : nextInWords(ahead.next),
  ];
}

function leftOutInWords({ window, untilUtc, who, why }: Omit<LeftOutOf, 'exemptionId'>): string {
  return `It is left out of window ${window} until ${untilUtc}, by ${who}: ${why}`;
}

function nextInWords({ window, fromMs, untilMs }: TakenIn): string {
  const { timeZone } = window.schedule;
  const shown = (atMs: number) => `${utcText(atMs)} (${formatInstant(atMs, timeZone).local})`;
  const until = untilMs === null || !hasEnd(window) ? 'without an end' : `until ${shown(untilMs)}`;
  return `Next: window ${window.name} from ${shown(fromMs)} ${until}.`;
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
