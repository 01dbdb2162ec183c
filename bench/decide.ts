// How much CPU deciding takes, and how it grows: ten times the reports shall take ten times as much, whatever has happened.
// CPU and not wall time, so that what else the machine does is not measured.
import { decide } from '../shared/deciding/decide.ts';
import type { Measurement } from './measurement.ts';
import { manyReports, type Situation } from './parts/manyReports.ts';
import { runBench } from './runBench.ts';

const WINDOWS = 100;
const SIZES = [1_000, 10_000, 100_000];
const SITUATIONS: readonly Situation[] = ['beginning', 'held', 'renamed'];
const GROWTH_GOAL = 2;

interface Timed {
  readonly situation: Situation;
  readonly size: number;
  readonly inMs: number;
}

/** Goal: the CPU time per report at 100,000 reports is at most twice the one at 10,000. */
export async function measure(): Promise<Measurement> {
  // Once through, so that what is timed is compiled code at each size.
  for (const situation of SITUATIONS) decide(manyReports(10_000, WINDOWS, situation));
  const timed = SIZES.flatMap((size) => SITUATIONS.map((situation) => time(situation, size)));
  const of = (situation: Situation, size: number) =>
    timed.find((one) => one.situation === situation && one.size === size)?.inMs ?? Number.NaN;
  const growths = SITUATIONS.map((situation) => of(situation, 100_000) / of(situation, 10_000) / 10);
  const slowest = Math.max(...SITUATIONS.map((situation) => of(situation, 10_000)));
  const worst = Math.max(...growths);
  return {
    name: 'decide',
    ratio: `10,000 reports × ${WINDOWS} windows in at most ${ms(slowest)}; ten times the reports take ${(worst * 10).toFixed(1)} × as long at worst`,
    goals: [
      {
        text: `per report at most ${GROWTH_GOAL} × the CPU time, with ten times the reports`,
        isMet: worst <= GROWTH_GOAL,
      },
    ],
    columns: [
      'situation',
      ...SIZES.map((size) => `${size.toLocaleString('en')} reports`),
      'per report, last to middle',
    ],
    rows: SITUATIONS.map((situation, at) => [
      ...[situation, ...SIZES.map((size) => ms(of(situation, size)))],
      `${(growths[at] ?? Number.NaN).toFixed(2)} ×`,
    ]),
    notes: [
      'beginning: all windows have just begun, every report is to be paused. held: all is paused and ours. renamed: as held,',
      'and every window has another name since, so that each hold is replaced. CPU time, garbage collection included; the least of 5 (3 at the largest size).',
    ],
  };
}

function time(situation: Situation, size: number): Timed {
  const times = Array.from({ length: size > 50_000 ? 3 : 5 }, () => {
    const input = manyReports(size, WINDOWS, situation);
    const startedAt = process.cpuUsage();
    const { decisions } = decide(input);
    const { user, system } = process.cpuUsage(startedAt);
    const inMs = (user + system) / 1000;
    if (decisions.length !== size) {
      throw new Error(`${decisions.length} decisions for ${size} reports`);
    }
    return inMs;
  });
  return { situation, size, inMs: Math.min(...times) };
}

function ms(value: number): string {
  return value < 10 ? `${value.toFixed(1)} ms` : `${Math.round(value)} ms`;
}

if (import.meta.main) {
  await runBench(measure);
}
