// What a plan, a forecast and the deciding part of a run cost, and for how long they keep the event loop from others.
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type DecideInput, decide, decideInSteps } from '../shared/deciding/decide.ts';
import type { FencedWriter } from '../shared/ledger/fencedWriter.ts';
import { encodeRow, rowKeys } from '../shared/ledger/ledgerRows.ts';
import { snapshotInSteps } from '../shared/ledger/snapshot.ts';
import type { StoredRow } from '../shared/ledger/tables.ts';
import { alarmsInSteps } from '../shared/running/alarms.ts';
import { persistDecisions } from '../shared/running/persistDecisions.ts';
import { forecastInSteps } from '../shared/service/forecast.ts';
import { planInSteps } from '../shared/service/plan.ts';
import { giveWay } from '../shared/time/giveWay.ts';
import { type GiveWay, runInSlices } from '../shared/time/steps.ts';
import type { Window } from '../shared/windows/window.ts';
import type { Measurement } from './measurement.ts';
import { manyReports, NOW_MS, type Situation } from './parts/manyReports.ts';
import { median } from './parts/median.ts';
import { runBench } from './runBench.ts';

const REPORTS = 10_000;
const WINDOWS = 100;
const FORECAST_WINDOWS = 500;
const YEAR_IN_MS = 365 * 86_400_000;
const ROUNDS = 9;
/** So that compiled code is measured. */
const WARM_UP_ROUNDS = 4;
const RATIO_GOAL = 1.5;
const FORECAST_GOAL_IN_MS = 1_000;
const LOOP_GOAL_IN_MS = 50;

setFlagsFromString('--expose-gc');
const collectGarbage: () => void = runInNewContext('gc');

type Work<Known> = (known: Known, giveTurn: GiveWay) => Promise<unknown>;

interface Round {
  readonly cpuInMs: number;
  readonly sliceInMs: number;
}

interface Timed {
  readonly what: string;
  readonly cpuInMs: number;
  /** Most CPU between two turns of others. */
  readonly sliceInMs: number;
  /** The longest that somebody else's timer had to wait, other processes of the machine included. */
  readonly delayInMs: number;
  readonly rounds: readonly Round[];
}

/** Goals: a plan at most 1.5 × one `decide`, a forecast of a year × 500 windows at most 1 s, the loop free within 50 ms. */
export async function measure(): Promise<Measurement> {
  const plans: { decided: Timed; planned: Timed; ratio: number }[] = [];
  for (const situation of ['beginning', 'held'] as const) plans.push(await timePlan(situation));
  const forecasted = await timed(
    `forecast of a year, ${FORECAST_WINDOWS} windows`,
    yearOfWindows,
    async (known, giveTurn) => {
      const decided = await runInSlices(decideInSteps(known), giveTurn);
      const range = { fromMs: NOW_MS, untilMs: NOW_MS + YEAR_IN_MS };
      return runInSlices(forecastInSteps([{ known, decided }], range), giveTurn);
    },
  );
  const runs: Timed[] = [];
  for (const situation of ['beginning', 'held'] as const) runs.push(await timeRun(situation));
  const ratio = Math.max(...plans.map((one) => one.ratio));
  const sliced = [...plans.map(({ planned }) => planned), forecasted, ...runs];
  const longest = Math.max(...sliced.map(({ sliceInMs }) => sliceInMs));
  return {
    name: 'plan',
    ratio: `a plan of ${REPORTS.toLocaleString('en')} reports × ${WINDOWS} windows takes ${ratio.toFixed(2)} × one decide; a forecast of a year × ${FORECAST_WINDOWS} windows ${ms(forecasted.cpuInMs)}`,
    goals: [
      { text: `a plan at most ${RATIO_GOAL} × one decide`, isMet: ratio <= RATIO_GOAL },
      {
        text: `a forecast of a year × ${FORECAST_WINDOWS} windows at most ${FORECAST_GOAL_IN_MS} ms of CPU`,
        isMet: forecasted.cpuInMs <= FORECAST_GOAL_IN_MS,
      },
      {
        text: `at most ${LOOP_GOAL_IN_MS} ms of CPU between two turns of others`,
        isMet: longest <= LOOP_GOAL_IN_MS,
      },
    ],
    columns: ['what', 'CPU', 'longest slice', 'longest delay of the loop'],
    rows: plans
      .flatMap(({ decided, planned }) => [decided, planned])
      .concat(forecasted, runs)
      .map(({ what, cpuInMs, sliceInMs, delayInMs }) => [what, ms(cpuInMs), ms(sliceInMs), ms(delayInMs)]),
    notes: [
      'CPU time, garbage collection included; the median of 9 rounds; decide and plan by turns, their ratio that of the pairs. The longest slice is the median of the',
      'longest of each; the delay is what monitorEventLoopDelay sees in one more round, other processes included. decide is one piece.',
      'A run is what it does before its first change: sort the rows of the ledger, decide, find what changed, and look for alarms.',
    ],
  };
}

/** The two by turns, so that a machine that is busy for a while is so for both; the ratio is the median of the pairs'. */
async function timePlan(situation: Situation): Promise<{ decided: Timed; planned: Timed; ratio: number }> {
  const make = () => manyReports(REPORTS, WINDOWS, situation);
  const plan: Work<DecideInput> = async (known, giveTurn) => {
    const decided = await runInSlices(decideInSteps(known), giveTurn);
    const steps = planInSteps({ account: 'default', known, decided, inFlight: null });
    return runInSlices(steps, giveTurn);
  };
  const [decided, planned] = await timedByTurns(make, [
    { what: `decide, ${situation}`, work: async (known) => decide(known) },
    { what: `plan, ${situation}`, work: plan },
  ]);
  if (decided === undefined || planned === undefined) throw new Error('one of the two was not timed');
  const ratios = decided.rounds.map(({ cpuInMs }, at) => (planned.rounds[at]?.cpuInMs ?? NaN) / cpuInMs);
  return { decided, planned, ratio: median(ratios) };
}

/** What a run has to sort, beside what it sees. */
interface RunSituation {
  readonly known: DecideInput;
  readonly rows: readonly StoredRow[];
}

function runSituation(situation: Situation): RunSituation {
  const known = manyReports(REPORTS, WINDOWS, situation);
  const holds = known.holds.map((hold) => encodeRow('account', rowKeys.hold(hold), hold));
  const owned = [...known.ownerships.values()].map((one) =>
    encodeRow('account', rowKeys.ownership(one.reportId), one),
  );
  return { known, rows: [...holds, ...owned].map((row) => ({ row, etag: '1' })) };
}

/** All that a run does at once and not report by report: with nothing between but what gives others their turn. */
async function timeRun(situation: Situation): Promise<Timed> {
  const make = () => runSituation(situation);
  return timed(`run, ${situation}`, make, async ({ known, rows }, giveTurn) => {
    const snapshot = await runInSlices(snapshotInSteps(rows), giveTurn);
    const decided = await runInSlices(decideInSteps(known), giveTurn);
    const { decisions } = decided;
    await persistDecisions({
      ...{
        accountKey: 'account',
        writer: nowhere,
        snapshot,
        decided,
        decisions,
        writesNewHolds: true,
        withNews: false,
      },
      ...{ giveWay: giveTurn, append: async () => {} },
    });
    await giveTurn();
    const { observations, nowMs, tickInMs: periodInMs } = known;
    const settings = { isListed: true, bridged: new Set<string>(), maxHoldInMs: YEAR_IN_MS };
    const alarms = alarmsInSteps({ snapshot, observations, nowMs, periodInMs, ...settings });
    await runInSlices(alarms, giveTurn);
  });
}

const nowhere: Pick<FencedWriter, 'write'> = { write: async () => {} };

async function timed<Known>(what: string, make: () => Known, work: Work<Known>): Promise<Timed> {
  const [found] = await timedByTurns(make, [{ what, work }]);
  if (found === undefined) throw new Error(`${what} was not timed`);
  return found;
}

/** Times works by turns, each on something made anew. */
async function timedByTurns<Known>(
  make: () => Known,
  works: readonly { readonly what: string; readonly work: Work<Known> }[],
): Promise<readonly Timed[]> {
  for (let round = 0; round < WARM_UP_ROUNDS; round += 1) {
    for (const { work } of works) await work(make(), giveWay);
  }
  const rounds = works.map((): Round[] => []);
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [at, { work }] of works.entries()) rounds[at]?.push(await oneRound(make(), work));
  }
  const found: Timed[] = [];
  for (const [at, { what, work }] of works.entries()) {
    const own = rounds[at] ?? [];
    found.push({
      what,
      cpuInMs: median(own.map(({ cpuInMs }) => cpuInMs)),
      sliceInMs: median(own.map(({ sliceInMs }) => sliceInMs)),
      delayInMs: await delayOf(() => work(make(), giveWay)),
      rounds: own,
    });
  }
  return found;
}

async function oneRound<Known>(known: Known, work: Work<Known>): Promise<Round> {
  // What making it left behind is no part of the work.
  collectGarbage();
  const startedInMs = cpuNowInMs();
  let [turnInMs, sliceInMs] = [startedInMs, 0];
  const endSlice = () => {
    sliceInMs = Math.max(sliceInMs, cpuNowInMs() - turnInMs);
  };
  await work(known, async () => {
    endSlice();
    await giveWay();
    turnInMs = cpuNowInMs();
  });
  endSlice();
  return { cpuInMs: cpuNowInMs() - startedInMs, sliceInMs };
}

/** In a round of its own: the monitor is a timer that costs CPU itself. */
async function delayOf(work: () => Promise<unknown>): Promise<number> {
  const delay = monitorEventLoopDelay({ resolution: 5 });
  delay.enable();
  await setTimeout(50);
  delay.reset();
  await work();
  await setTimeout(50);
  delay.disable();
  return delay.max / 1_000_000;
}

function cpuNowInMs(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1_000;
}

/** As many reports as ever, each window over some of them, at all hours of the day. */
function yearOfWindows(): DecideInput {
  const known = manyReports(REPORTS, FORECAST_WINDOWS, 'beginning');
  const windows = known.windows.windows.map((window, at): Window => {
    const start = `${at % 60} ${at % 24} * * *`;
    const timeZone = 'Europe/Berlin';
    return {
      ...window,
      schedule: {
        ...{ kind: 'recurring', start, timeZone },
        end: { kind: 'afterDuration', durationMs: 3_600_000 },
        ...{ validFrom: null, validTo: null, skipDates: [] },
      },
    };
  });
  return { ...known, windows: { ...known.windows, windows } };
}

function ms(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

if (import.meta.main) {
  await runBench(measure);
}
