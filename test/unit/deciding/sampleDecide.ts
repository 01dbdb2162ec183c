import { type Decided, type DecideInput, decide } from '../../../shared/deciding/decide.ts';
import type { Hold } from '../../../shared/model/hold.ts';
import { nothingLearned, type Observation, type Ownership } from '../../../shared/model/ownership.ts';
import type { Report } from '../../../shared/model/report.ts';
import type { Window } from '../../../shared/windows/window.ts';
import { reportIdOf, reportWith } from '../windows/sampleReport.ts';
import { windowWith } from '../windows/sampleWindow.ts';
import { BEFORE, MINUTE, NOW, paused } from './sampleSituation.ts';

/** A one-off window over the reports of these numbers, or over all where none are told. */
export function windowOver(
  name: string,
  fromMs: number,
  untilMs: number,
  numbers: readonly number[] = [],
  fields: Partial<Window> = {},
): Window {
  const oneOff = windowWith({ kind: 'oneOff', fromMs, untilMs, timeZone: 'UTC' }, name);
  const reports: Window['reports'] =
    numbers.length > 0
      ? { kind: 'ids', reportIds: numbers.map(reportIdOf) }
      : { kind: 'match', all: true, namePattern: null, queryId: null };
  return { ...oneOff, reports, ...fields };
}

/** The report of that number as a read by id shows it now, or the list where `by` says so. */
export function shown(
  number: number,
  reportStatus: Report['reportStatus'],
  by: 'id' | 'list' = 'id',
  fields: Partial<Report> = {},
): readonly [string, Observation] {
  const report = reportWith(number, { ...BEFORE, reportStatus, ...fields });
  return [report.reportId, { kind: 'seen', by, report, readAtMs: NOW, serviceOffsetInMs: 0, listed: '' }];
}

/** The report of that number is paused by us. */
export function ours(number: number): readonly [string, Ownership] {
  return [reportIdOf(number), { ...paused(), reportId: reportIdOf(number) }];
}

interface Sketch extends Partial<Omit<DecideInput, 'windows' | 'observations' | 'ownerships'>> {
  readonly windows?: readonly Window[];
  readonly invalidNames?: readonly string[];
  readonly areReadable?: boolean;
  readonly observations?: readonly (readonly [string, Observation])[];
  readonly ownerships?: readonly (readonly [string, Ownership])[];
}

/** Decides with a tick of five minutes and nothing but what is told. */
export function decideAll(sketch: Sketch): Decided {
  const { windows = [], invalidNames = [], areReadable = true, observations = [], ownerships = [] } = sketch;
  return decide({
    ...{ nowMs: NOW, holds: [], words: new Map(), learned: nothingLearned, mode: 'act' },
    tickInMs: 5 * MINUTE,
    ...sketch,
    windows: { windows, invalidNames, areReadable },
    observations: new Map(observations),
    ownerships: new Map(ownerships),
  });
}

/** Per report number: what is done and why. */
export function done({ decisions }: Decided): Readonly<Record<number, string>> {
  return Object.fromEntries(
    decisions.map(({ reportId, action, reason }) => [Number(reportId.slice(-12)), `${action} ${reason}`]),
  );
}

/** The holds that go on, by window or request, report and state. */
export function holdsOf({ decisions }: Decided): readonly string[] {
  const tell = ({ holdId, reportId, state }: Hold) =>
    `${holdId.split('.')[1]} ${Number(reportId.slice(-12))} ${state}`;
  return decisions.flatMap(({ holds }) => holds.map(tell)).sort();
}
