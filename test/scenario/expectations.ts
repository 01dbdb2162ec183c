import type { Run } from '../../shared/service/run.ts';
import { instantMs } from './instantMs.ts';
import { isByUs } from './judge.ts';
import { letterOf, reportIdOf } from './reportLetters.ts';
import type { Stage } from './stage.ts';

type PerLetter<Value> = Readonly<Record<string, Value>>;

/** What a scenario may expect. What the product told comes from its runs; what is so, from the emulator's record. */
export function expectationsOn(stage: Stage) {
  const { cloud, runs } = stage;
  const { insights } = cloud;
  const told = (read: (result: Run['results'][number]) => string) => (letter: string) => {
    const result = stage.last().results.find(({ reportId }) => reportId === reportIdOf(letter));
    return result === undefined ? 'nothing told' : read(result);
  };

  return {
    expectStatuses: async (expected: PerLetter<string>) => {
      const reports = await insights.reports();
      const found = new Map(reports.map((one) => [letterOf(one.reportId), one.reportStatus]));
      expect(pick(expected, (letter) => found.get(letter) ?? 'gone')).toEqual(expected);
    },
    /** The outcomes that the last run told. */
    expectOutcomes: (expected: PerLetter<string>) => {
      expect(
        pick(
          expected,
          told(({ outcome }) => outcome),
        ),
      ).toEqual(expected);
    },
    /** The codes, which are the reasons where nothing failed, that the last run told. */
    expectCodes: (expected: PerLetter<string>) => {
      expect(
        pick(
          expected,
          told(({ code }) => code),
        ),
      ).toEqual(expected);
    },
    /** Exactly the events of the last run, such as `ForeignPauseFound A`, in any order; reminders only if named. */
    expectEvents: (expected: readonly string[]) => {
      const events = eventsOf(stage.last()).filter((one) => !isReminder(one) || expected.includes(one));
      expect(events.sort()).toEqual([...expected].sort());
    },
    /** How often the runs so far have told this event. */
    expectEventCount: (event: string, count: number) => {
      const found = runs.flatMap(eventsOf).filter((one) => one === event);
      expect({ [event]: found.length }).toEqual({ [event]: count });
    },
    /** The codes of what hinders the last run as a whole. */
    expectProblems: (expected: readonly string[]) => {
      expect(stage.last().problems.map(({ code }) => code)).toEqual(expected);
    },
    expectRun: (status: Run['status']) => {
      const { status: found, problems } = stage.last();
      expect({ status: found, problems }).toMatchObject({ status });
    },
    /** What the last run said about a report contains each of these. */
    expectMessage: (letter: string, parts: readonly string[]) => {
      const message = told((result) => result.message)(letter);
      expect(parts.filter((part) => !message.includes(part))).toEqual([]);
    },
    /** Every change of a status that the service made, in order, those of one instant by name: `pause A`, `resume A`. */
    expectChangesByUs: async (expected: readonly string[]) => {
      const ours = (await insights.changes())
        .filter(isByUs)
        .map(({ atUtc, operation, reportId }) => ({ atUtc, change: `${operation} ${letterOf(reportId)}` }))
        .sort((a, b) => a.atUtc.localeCompare(b.atUtc) || a.change.localeCompare(b.change));
      expect(ours.map(({ change }) => change)).toEqual(expected);
    },
    /** The holds on each report: state and who asked, such as `live window night`. */
    expectHolds: async (expected: PerLetter<readonly string[]>) => {
      const { holds } = await stage.ledgerNow();
      const of = (letter: string) =>
        holds
          .filter(({ hold }) => hold.reportId === reportIdOf(letter))
          .map(({ hold }) => `${hold.state} ${hold.who}`)
          .sort();
      expect(pick(expected, of)).toEqual(pick(expected, (letter) => [...(expected[letter] ?? [])].sort()));
    },
    /** What the ledger says of each report's pause: `paused`, `doubtful`, … or `not ours`. */
    expectOwned: async (expected: PerLetter<string>) => {
      const { ownerships } = await stage.ledgerNow();
      const of = (letter: string) => ownerships.get(reportIdOf(letter))?.kind ?? 'not ours';
      expect(pick(expected, of)).toEqual(expected);
    },
    /** What `GET /api/plan` says would be done about each report at that instant. */
    expectPlan: async (when: string, expected: PerLetter<string>) => {
      const atMs = instantMs(when, stage.clock.now());
      const call = { correlationId: 'scenario', caller: 'operator', teller: console, runId: null };
      const { reports } = await stage.service().plan({ atMs, untilMs: null }, call);
      const found = new Map(reports.map((one) => [letterOf(one.reportId), `${one.action} ${one.reason}`]));
      expect(pick(expected, (letter) => found.get(letter) ?? 'not in it')).toEqual(expected);
    },
  };
}

function eventsOf({ events }: Run): readonly string[] {
  return events.map(({ name, reportId }) => `${name} ${letterOf(reportId)}`.trim());
}

/** What the watchdog says besides, once and again while it lasts. */
const REMINDERS = [
  'DailyDigest',
  'ForeignPauses',
  'ResumeOwed',
  'HoldTooLong',
  'ExecutionCompleted',
  'ExecutionMissing',
];

function isReminder(event: string): boolean {
  return REMINDERS.includes(event.split(' ')[0] ?? '');
}

function pick<Value>(wanted: PerLetter<unknown>, of: (letter: string) => Value): PerLetter<Value> {
  return Object.fromEntries(Object.keys(wanted).map((letter) => [letter, of(letter)]));
}
