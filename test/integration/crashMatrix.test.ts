import { isLong, sampleOf } from '../../build/sample.ts';
import { type Cell, type CellEnd, runCell, stepsOf } from '../crash/crashCell.ts';
import { type Behaviour, type CrashStage, type Kill, startCrashStage } from '../crash/crashStage.ts';
import {
  pauseByRequest,
  pauseByWindow,
  resumeAtWindowEnd,
  resumeByRequest,
  type Scenario,
  scenarios,
} from '../crash/scenarios.ts';

// A kill before a request, or after one that only reads, leaves what the kill after the step before it leaves. The long run
// kills at each step, before and after it, twins under one behaviour of `modifiedTime` and all others under each; the
// fast run draws some of those that are no twins.
const limitInMs = isLong ? 1_800_000 : 120_000;
const STEPS_DRAWN = 3;
const killed = sampleOf('killed work', 2, scenarios);
const meanwhile = isLong ? scenarios : sampleOf('killed meanwhile', 1, [pauseByWindow, resumeAtWindowEnd]);
const behaviours: readonly Behaviour[] = ['never', 'onChange', 'always'];

/** Before this step a request to pause is lost with its process; its caller got no answer. */
const WRITES_DOWN = 'write hold+news';

let stage: CrashStage;
const steps = new Map<Scenario, readonly string[]>();

beforeAll(async () => {
  stage = await startCrashStage();
  for (const scenario of new Set([...killed, ...meanwhile]))
    steps.set(scenario, await stepsOf(stage, scenario));
}, 90_000);
afterAll(() => stage.close(), 30_000);

const critical = ['write lease+own', 'PUT report'];

/** Those that leave what no other leaves; where the run is fast, the critical ones and some more. */
function distinctKillsOf(scenario: Scenario): readonly Kill[] {
  const names = steps.get(scenario) ?? [];
  const isCritical = ({ at }: Kill) => critical.includes(names[at - 1] ?? '');
  const all = names.flatMap((step, at): readonly Kill[] => {
    if (at === 0) return [{ at: 1, when: 'before' }];
    return /^(read|list|make)/.test(step) ? [] : [{ at: at + 1, when: 'after' }];
  });
  const drawn = sampleOf(
    `kills in a ${scenario.name}`,
    STEPS_DRAWN,
    all.filter((kill) => !isCritical(kill)),
  );
  return all.filter((kill) => isCritical(kill) || drawn.includes(kill));
}

/** All the others. */
function twinsOf(scenario: Scenario): readonly Kill[] {
  const distinct = distinctKillsOf(scenario);
  return (steps.get(scenario) ?? [])
    .flatMap((_, at): readonly Kill[] => [
      { at: at + 1, when: 'before' },
      { at: at + 1, when: 'after' },
    ])
    .filter(({ at, when }) => !distinct.some((one) => one.at === at && one.when === when));
}

/** One behaviour of the API for each kill. */
function behaviourAt({ at }: Kill): readonly Behaviour[] {
  return behaviours.slice(at % 3, (at % 3) + 1);
}

function nameOf({ scenario, kill, behaviour }: Cell): string {
  return `${kill.when} ${steps.get(scenario)?.[kill.at - 1]}, modifiedTime moves ${behaviour}`;
}

/** Whether the killed process had written down what it was asked to do; windows are written down by people. */
function isWritten({ scenario, kill }: Cell): boolean {
  if (scenario !== pauseByRequest) return true;
  const at = (steps.get(scenario) ?? []).indexOf(WRITES_DOWN) + 1;
  if (at === 0) throw new Error(`no step ${WRITES_DOWN} in ${steps.get(scenario)}`);
  return kill.at > at || (kill.at === at && kill.when === 'after');
}

async function run(cells: readonly Cell[]): Promise<ReadonlyMap<string, CellEnd>> {
  const ends = new Map<string, CellEnd>();
  for (const cell of cells) ends.set(nameOf(cell), await runCell(stage, cell));
  return ends;
}

describe('a process that is killed at any step', () => {
  test.each(killed)(
    'of a $name leaves nothing undone, nothing done twice, and a person’s pause alone',
    async (scenario) => {
      const cellsAt = (kills: readonly Kill[], under: (kill: Kill) => readonly Behaviour[]) =>
        kills.flatMap((kill) =>
          under(kill).map((behaviour): Cell => ({ scenario, behaviour, kill, human: 'nobody' })),
        );
      const cells = [
        ...cellsAt(distinctKillsOf(scenario), (kill) => (isLong ? behaviours : behaviourAt(kill))),
        ...(isLong ? cellsAt(twinsOf(scenario), behaviourAt) : []),
      ];
      expect(cells.length).toBeGreaterThan(STEPS_DRAWN);

      const expected = cells.map((cell): [string, CellEnd] => {
        const wasAsked = isWritten(cell);
        const whileHeld = wasAsked ? 'Paused' : 'Active';
        return [
          nameOf(cell),
          {
            ...{ foreignResumes: [], stranded: [], wasKilled: true, isDoubtful: false },
            ...{ ours: 'Active', foreign: 'Paused' },
            whileHeld: scenario.ticksWhileHeldMs.length === 0 ? null : whileHeld,
            changes: wasAsked ? ['app Paused', 'app Active'] : [],
          },
        ];
      });
      expect(await run(cells)).toEqual(new Map(expected));
    },
    limitInMs,
  );
});

/**
 * The cells in which no evidence tells, and a person's pause is taken for ours; written down for users. Everywhere else it
 * stays, and where it might be ours the report is doubtful.
 */
const takenForOurs: ReadonlyMap<Scenario, readonly string[]> = new Map([
  [pauseByWindow, afterPause()],
  [pauseByRequest, afterPause()],
  [resumeAtWindowEnd, afterResume()],
  [resumeByRequest, afterResume()],
]);

/**
 * The intent to pause is written and its outcome is not, and a person pauses within two minutes. While nothing is known of the
 * service's clocks the report looks as if our pause had been the one.
 */
function afterPause(): readonly string[] {
  return behaviours.map((behaviour) => `after write lease+own, modifiedTime moves ${behaviour}`);
}

/** On the way back: where nothing moves `modifiedTime` our resume may never have been. */
function afterResume(): readonly string[] {
  return ['after PUT report, modifiedTime moves never'];
}

/** A person's pause under each behaviour, a resume under one. */
function cellsWithHuman(scenario: Scenario, human: Cell['human']): readonly Cell[] {
  const isCritical = ({ at }: Kill) => critical.includes(steps.get(scenario)?.[at - 1] ?? '');
  return distinctKillsOf(scenario)
    .filter((kill) => isLong || isCritical(kill))
    .flatMap((kill) =>
      (human === 'pause' ? behaviours : behaviourAt(kill)).map((behaviour) => ({
        scenario,
        behaviour,
        human,
        kill,
      })),
    );
}

describe('a person who acts while the killed process is away', () => {
  test.each(meanwhile)(
    'and pauses after a $name died: the pause stays, or the report is doubtful and said so',
    async (scenario) => {
      const ends = await run(cellsWithHuman(scenario, 'pause'));
      const taken = [...ends].filter(([, { foreignResumes }]) => foreignResumes.length > 0);
      expect(taken.map(([name]) => name)).toEqual(takenForOurs.get(scenario));
      for (const [name, { ours, changes, foreign, stranded }] of ends) {
        const isLeft = changes.at(-1) === 'human Paused' ? ours === 'Paused' : true;
        expect({ name, isLeft, foreign, stranded }).toEqual({
          name,
          isLeft: true,
          foreign: 'Paused',
          stranded: [],
        });
      }
    },
    limitInMs,
  );

  test.each(meanwhile)(
    'and resumes after a $name died: in the end it is active, and nothing of it is doubtful',
    async (scenario) => {
      const ends = await run(cellsWithHuman(scenario, 'resume'));
      const isOdd = ({ stranded, foreignResumes, isDoubtful }: CellEnd) =>
        isDoubtful || stranded.length > 0 || foreignResumes.length > 0;
      expect([...ends].filter(([, end]) => isOdd(end))).toEqual([]);
      expect([...new Set([...ends.values()].map(({ ours, foreign }) => `${ours} ${foreign}`))]).toEqual([
        'Active Paused',
      ]);
    },
    limitInMs,
  );
});
