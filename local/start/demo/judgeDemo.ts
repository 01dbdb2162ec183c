import type { CastReport, ExpectedChange } from './cast.ts';
import { instantOf, wallTime, windowMinutes } from './demoNight.ts';
import type { RecordedChange } from './stage.ts';

/** One report in the closing table. */
interface ReportVerdict {
  readonly report: CastReport;
  readonly before: string;
  readonly during: string;
  readonly after: string;
  /** Whether its status is the one that its human chose last. */
  readonly isAsLeft: boolean;
}

/** What became of the night. `faults` are sentences; none means that all is as it should be. */
export interface DemoVerdict {
  readonly reports: readonly ReportVerdict[];
  readonly faults: readonly string[];
  readonly changeCount: number;
}

const seededStatus = 'Active';
const duringMinute = windowMinutes - 1;

/**
 * Judges by what the Insights API recorded, whose token did what and when; the product's own answers count only for
 * whether the operator was told. Pure.
 */
export function judgeDemo(input: {
  readonly cast: readonly CastReport[];
  readonly changes: readonly RecordedChange[];
  /** Events that the product told, as `name reportId`. */
  readonly toldEvents: ReadonlySet<string>;
}): DemoVerdict {
  const { cast, changes, toldEvents } = input;
  const judged = cast.map((report) => {
    const own = changes.filter(({ reportId }) => reportId === report.reportId);
    return { verdict: verdictOf(report, own), faults: faultsOf(report, own, toldEvents) };
  });
  return {
    reports: judged.map(({ verdict }) => verdict),
    faults: judged.flatMap(({ faults }) => faults),
    changeCount: changes.length,
  };
}

function verdictOf(report: CastReport, own: readonly RecordedChange[]): ReportVerdict {
  const after = statusBefore(own, Number.POSITIVE_INFINITY);
  return {
    report,
    before: statusBefore(own, instantOf(0)),
    during: statusBefore(own, instantOf(duringMinute)),
    after,
    isAsLeft: after === humanChoice(own),
  };
}

function faultsOf(
  report: CastReport,
  own: readonly RecordedChange[],
  toldEvents: ReadonlySet<string>,
): readonly string[] {
  const { reportName, reportId, course, event } = report;
  const after = statusBefore(own, Number.POSITIVE_INFINITY);
  const faults: string[] = [];
  if (after !== humanChoice(own)) {
    faults.push(`${reportName} is ${after} at the end, but its human left it ${humanChoice(own)}.`);
  }
  if (course.length !== own.length || !course.every((expected, at) => isAsExpected(expected, own[at]))) {
    faults.push(
      `${reportName} should have seen: ${tell(course.map(tellExpected))}; it saw: ${tell(own.map(tellChange))}.`,
    );
  }
  if (event !== null && !toldEvents.has(`${event} ${reportId}`)) {
    faults.push(`Nobody was told of ${reportName}: the event ${event} is missing.`);
  }
  return faults;
}

function statusBefore(own: readonly RecordedChange[], instantMs: number): string {
  const last = own.findLast(({ atMs }) => atMs < instantMs);
  return last === undefined ? seededStatus : (last.to ?? 'deleted');
}

function humanChoice(own: readonly RecordedChange[]): string {
  return statusBefore(
    own.filter(({ by }) => by !== 'Intermission'),
    Number.POSITIVE_INFINITY,
  );
}

function isAsExpected(expected: ExpectedChange, change: RecordedChange | undefined): boolean {
  return (
    change !== undefined &&
    change.by === expected.by &&
    change.to === expected.to &&
    instantOf(expected.fromMinute) <= change.atMs &&
    change.atMs < instantOf(expected.beforeMinute)
  );
}

function tell(steps: readonly string[]): string {
  return steps.length === 0 ? 'nothing' : steps.join(', then ');
}

function tellExpected({ by, to, fromMinute, beforeMinute }: ExpectedChange): string {
  return `${by} makes it ${to} (${wallTime(instantOf(fromMinute))} to ${wallTime(instantOf(beforeMinute))})`;
}

function tellChange({ by, to, atMs }: RecordedChange): string {
  return `${by} makes it ${to ?? 'deleted'} (${wallTime(atMs)})`;
}
