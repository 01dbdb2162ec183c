import type { Behaviour, CrashStage, Kill } from './crashStage.ts';
import { judge, type Verdict } from './judge.ts';
import type { ToldRun } from './messages.ts';
import { FOREIGN, OURS, type Scenario } from './scenarios.ts';

/** One cell of the matrix: where the process is killed, under which API, and what a person does before it is back. */
export interface Cell {
  readonly scenario: Scenario;
  readonly behaviour: Behaviour;
  readonly human: 'nobody' | 'pause' | 'resume';
  readonly kill: Kill;
}

/** How a cell ended. */
export interface CellEnd extends Verdict {
  readonly wasKilled: boolean;
  /** The status of our report when the ticks within the hold were over; null where the scenario has none. */
  readonly whileHeld: string | null;
  readonly ours: string | undefined;
  readonly foreign: string | undefined;
  /** The ledger calls it doubtful, and each of the last two ticks said so. */
  readonly isDoubtful: boolean;
  /** Every change of our report, as `app Paused`. */
  readonly changes: readonly string[];
}

/** Kills, lets a person act, starts anew past the lease, ticks to the end and beyond, and asks the emulator. */
export async function runCell(stage: CrashStage, cell: Cell): Promise<CellEnd> {
  const { scenario, human } = cell;
  const { cloud } = stage;
  await stage.prepare(scenario, cell.behaviour);
  const { wasKilled } = await stage.runKilled(scenario, cell.kill);
  if (human !== 'nobody') {
    await cloud.setClock(scenario.humanAtMs);
    await cloud.asHuman(OURS, human);
  }
  const restarted = stage.restart(scenario);
  const runs: ToldRun[] = [];
  const tickAt = async (atMs: number) => runs.push(await restarted(atMs, { door: 'tick' }));
  for (const atMs of scenario.ticksWhileHeldMs) await tickAt(atMs);
  const whileHeld =
    scenario.ticksWhileHeldMs.length === 0 ? null : ((await cloud.statuses()).get(OURS) ?? 'gone');
  for (const atMs of scenario.ticksAfterMs) await tickAt(atMs);

  const [statuses, changes, ledger] = [
    await cloud.statuses(),
    await cloud.changes(),
    await cloud.readLedger(),
  ];
  const isDoubtful =
    ledger.ownerships.get(OURS)?.kind === 'doubtful' &&
    runs
      .slice(-2)
      .every(({ results }) =>
        results.some(({ reportId, outcome }) => reportId === OURS && outcome === 'doubtful'),
      );
  const isRespected = runs.some(({ events }) =>
    events.some(({ reportId, name }) => reportId === OURS && name === 'ManualPauseRespected'),
  );
  return {
    ...judge(changes, new Set(isDoubtful || isRespected ? [OURS] : [])),
    ...{ wasKilled, whileHeld, isDoubtful },
    ours: statuses.get(OURS),
    foreign: statuses.get(FOREIGN),
    changes: changes.filter(({ reportId }) => reportId === OURS).map(({ by, to }) => `${by.kind} ${to}`),
  };
}

/** The steps of a scenario's killed work, each by a name of its own: `PUT report`, `write lease+own (2)`. */
export async function stepsOf(stage: CrashStage, scenario: Scenario): Promise<readonly string[]> {
  await stage.prepare(scenario, 'onChange');
  const { requests } = await stage.runKilled(scenario, null);
  return requests.map((label, at) => {
    const count = requests.slice(0, at + 1).filter((one) => one === label).length;
    return count === 1 ? label : `${label} (${count})`;
  });
}
