import { MAX_NOTABLE, type NotableReport, type TallyState } from '../model/occurrenceTally.ts';
import type { Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import type { ReportResult } from './reportResult.ts';

/** What is told of one report is cut, so that all of them fit one row. */
const MAX_MESSAGE = 200;
const MAX_NAME = 120;

/** What is worth most is told first; what stands nowhere here is only told for the executions that it missed. */
const worth: Readonly<Partial<Record<TallyState, number>>> = {
  owed: 0,
  failed: 1,
  doubtful: 2,
  notFound: 3,
  inactive: 4,
  resumedByPerson: 5,
  foreign: 6,
  stillHeld: 7,
};

const ONLY_MISSED = 8;

/** True for what is told of a report one by one. */
export function isNotable(state: TallyState): boolean {
  return worth[state] !== undefined;
}

/** The reports of which more is to be said than that they were paused and came back, the most urgent first. Pure. */
export function notableOf(
  prior: readonly NotableReport[],
  now: {
    readonly is: ReadonlyMap<string, TallyState>;
    /** Executions that were missed and are not counted yet. */
    readonly missed: ReadonlyMap<string, number>;
    readonly results: ReadonlyMap<string, ReportResult>;
    readonly reports: ReadonlyMap<string, Report>;
    readonly ownerships: ReadonlyMap<string, Ownership>;
  },
): readonly NotableReport[] {
  const known = new Map(prior.map((one) => [one.reportId, one]));
  for (const [reportId, state] of now.is) {
    const earlier = known.get(reportId);
    const missedExecutions = (earlier?.missedExecutions ?? 0) + (now.missed.get(reportId) ?? 0);
    if (!isNotable(state) && missedExecutions === 0) {
      known.delete(reportId);
      continue;
    }
    const isAsBefore = earlier?.state === state;
    // What was said first stands: once it is over a run says no more than that nothing holds the report.
    const isSaid = isAsBefore && earlier.code !== null;
    const result = isNotable(state) && !isSaid ? now.results.get(reportId) : undefined;
    const name =
      now.reports.get(reportId)?.reportName ??
      now.ownerships.get(reportId)?.reportName ??
      result?.reportName ??
      earlier?.reportName ??
      '';
    known.set(reportId, {
      ...{ reportId, reportName: cut(name, MAX_NAME), state, missedExecutions },
      code: result?.code ?? (isAsBefore ? earlier.code : null),
      message: cut(result?.message ?? (isAsBefore ? earlier.message : ''), MAX_MESSAGE),
    });
  }
  return [...known.values()]
    .toSorted((one, other) => worthOf(one) - worthOf(other) || compare(one.reportId, other.reportId))
    .slice(0, MAX_NOTABLE);
}

function worthOf({ state }: NotableReport): number {
  return worth[state] ?? ONLY_MISSED;
}

function compare(one: string, other: string): number {
  return one === other ? 0 : one < other ? -1 : 1;
}

function cut(text: string, length: number): string {
  return text.length <= length ? text : `${text.slice(0, length - 1).toWellFormed()}…`;
}
