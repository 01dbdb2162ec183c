import { drawHistory, MINIMUM_RATES } from './drawHistory.ts';
import type { History } from './history.ts';
import { type Aim, type Finding, judge, type Verdict } from './judge.ts';
import { playHistory } from './playHistory.ts';
import type { HistoryRecord } from './record.ts';
import { type PartName, shrinkHistory } from './shrinkHistory.ts';

/** So many needless doubts are borne: one in 200 histories. */
const DOUBTS_PER_HISTORY = 1 / 200;

/** A history that should not have gone as it went. */
export interface Failure {
  readonly seed: number;
  readonly findings: readonly Finding[];
  /** What can be left out of it; empty where it was not shrunk. */
  readonly without: readonly PartName[];
}

/** What a simulation found. */
export interface Simulated {
  readonly firstSeed: number;
  readonly histories: number;
  /** Shares of histories that have one. */
  readonly rates: Readonly<Record<keyof typeof MINIMUM_RATES, number>>;
  readonly failures: readonly Failure[];
  /** How many histories failed each aim. */
  readonly failed: Readonly<Record<string, number>>;
  /** How often nobody could have known, by why. */
  readonly excused: Readonly<Record<string, number>>;
  /** What happened, counted. */
  readonly histograms: Readonly<Record<string, Readonly<Record<string, number>>>>;
}

/** Where a simulation ends: with its time, or with its count. */
export interface Bounds {
  readonly firstSeed: number;
  readonly budgetInMs: number;
  readonly maxHistories: number;
  /** Failing histories of each aim that are shrunk. */
  readonly shrinksPerAim: number;
  readonly triesPerShrink: number;
}

/** Plays and judges one history. */
export async function playAndJudge(
  history: History,
): Promise<{ readonly record: HistoryRecord; readonly verdict: Verdict }> {
  const { record } = await playHistory(history);
  return { record, verdict: judge(history, record) };
}

/** Plays histories of one seed after the other until a bound is reached. The clock bounds their number and fails nothing. */
export async function simulate(bounds: Bounds): Promise<Simulated> {
  const startedMs = performance.now();
  const count = createCounts();
  const failures: Failure[] = [];
  const having = { fault: 0, kill: 0, human: 0 };
  let histories = 0;
  while (histories < bounds.maxHistories && performance.now() - startedMs < bounds.budgetInMs) {
    const seed = bounds.firstSeed + histories;
    const history = drawHistory(seed);
    const { record, verdict } = await playAndJudge(history);
    histories += 1;
    having.fault += history.faults.length > 0 ? 1 : 0;
    having.kill += history.kills.length > 0 ? 1 : 0;
    having.human += history.humans.length > 0 ? 1 : 0;
    countHistory(count, history, record);
    for (const why of verdict.excused) count.add('excused', why);
    for (const aim of new Set(verdict.findings.map((one) => one.aim))) count.add('failed', aim);
    if (verdict.findings.length > 0) failures.push({ seed, findings: verdict.findings, without: [] });
  }
  const { excused = {}, failed = {}, ...histograms } = count.all();
  const share = (of: number) => of / Math.max(1, histories);
  return {
    firstSeed: bounds.firstSeed,
    histories,
    rates: { fault: share(having.fault), kill: share(having.kill), human: share(having.human) },
    failures: await shrinkSome(failures, bounds),
    ...{ failed, excused, histograms },
  };
}

/** What fails the simulation, a sentence each; a few needless doubts in many histories do not. */
export function complaintsOf({ failed, histories, rates }: Simulated): readonly string[] {
  const rareRates = Object.entries(MINIMUM_RATES)
    .filter(([what, least]) => histories >= 200 && rateOf(rates, what) < least)
    .map(([what, least]) => `only ${rateOf(rates, what)} of the histories have a ${what}, not ${least}`);
  const aims = Object.entries(failed)
    .filter(([aim, count]) => aim !== 'needlessDoubt' || count > mostDoubtsOf(histories))
    .map(([aim, count]) => `${aim} in ${count} of ${histories} histories`);
  return [...aims, ...rareRates];
}

/** So many of a drawn sample are no sign that the rate is higher than what is borne: three times the spread beyond it. */
function mostDoubtsOf(histories: number): number {
  const expected = histories * DOUBTS_PER_HISTORY;
  return Math.ceil(expected + 3 * Math.sqrt(expected));
}

function rateOf(rates: Readonly<Record<string, number>>, what: string): number {
  return rates[what] ?? 0;
}

async function shrinkSome(failures: readonly Failure[], bounds: Bounds): Promise<readonly Failure[]> {
  const shrunk = new Map<Aim, number>();
  const results: Failure[] = [];
  for (const failure of failures) {
    const [first] = failure.findings;
    const aim = first?.aim ?? 'leftPaused';
    const done = shrunk.get(aim) ?? 0;
    if (done >= bounds.shrinksPerAim) {
      results.push(failure);
      continue;
    }
    shrunk.set(aim, done + 1);
    const fails = async (history: History) =>
      (await playAndJudge(history)).verdict.findings.some((one) => one.aim === aim);
    const left = await shrinkHistory(drawHistory(failure.seed), fails, bounds.triesPerShrink);
    results.push({ ...failure, without: left });
  }
  return results;
}

interface Counts {
  add(histogram: string, bar: string): void;
  all(): Readonly<Record<string, Readonly<Record<string, number>>>>;
}

function createCounts(): Counts {
  const counts = new Map<string, Map<string, number>>();
  return {
    add: (histogram, bar) => {
      const bars = counts.get(histogram) ?? new Map<string, number>();
      counts.set(histogram, bars.set(bar, (bars.get(bar) ?? 0) + 1));
    },
    all: () =>
      Object.fromEntries(
        [...counts].map(([name, bars]) => [
          name,
          Object.fromEntries([...bars].sort(([a], [b]) => (a < b ? -1 : 1))),
        ]),
      ),
  };
}

function countHistory(count: Counts, history: History, { acts, calls, told, stops }: HistoryRecord): void {
  const { faults, humans, service } = history;
  count.add('time moves', service.time);
  count.add(
    'list lag',
    service.listLagInMs === 0 ? 'none' : service.listLagInMs > 60_000 ? 'above a minute' : 'some',
  );
  count.add('replicas', Math.max(...service.replicasBehindInMs) === 0 ? 'none behind' : 'behind');
  for (const fault of faults)
    count.add('faults', fault.kind === 'put' ? `${fault.verb} ${fault.fate}` : fault.kind);
  if (faults.length === 0) count.add('faults', 'none');
  for (const { does } of humans) count.add('humans', does);
  if (humans.length === 0) count.add('humans', 'none');
  count.add('stops', stops.length === 0 ? 'none' : `${stops.length}`);
  for (const { kind } of calls) count.add('calls', kind);
  for (const { by, does } of acts) count.add('acts', `${by} ${does}`);
  for (const name of new Set(told.map((one) => one.name))) count.add('told, histories', name);
}
