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

// The whole product of cells takes half an hour. A kill before a request, or after one that only reads, leaves what the
// kill after the step before it leaves: by default such twins are run once, each under one behaviour of `modifiedTime`.
const isLong = process.env['TEST_LONG'] === '1';
const limitInMs = isLong ? 3_600_000 : 120_000;
const behaviours: readonly Behaviour[] = ['never', 'onChange', 'always'];

/** Where nothing is written down yet, the request is lost with its process; its caller got no answer. */
const stepsUntilWritten = new Map([
  [pauseByRequest, 'write hold'],
  [resumeByRequest, 'write hold'],
]);

let stage: CrashStage;
const steps = new Map<Scenario, readonly string[]>();

beforeAll(async () => {
  stage = await startCrashStage();
  for (const scenario of scenarios) steps.set(scenario, await stepsOf(stage, scenario));
}, 90_000);
afterAll(() => stage.close(), 30_000);

function killsOf(scenario: Scenario): readonly Kill[] {
  return (steps.get(scenario) ?? []).flatMap((step, at): readonly Kill[] => {
    const after: Kill = { at: at + 1, when: 'after' };
    if (isLong) return [{ at: at + 1, when: 'before' }, after];
    if (at === 0) return [{ at: at + 1, when: 'before' }];
    return /^(read|list|make)/.test(step) ? [] : [after];
  });
}

function nameOf({ scenario, kill, behaviour }: Cell): string {
  return `${kill.when} ${steps.get(scenario)?.[kill.at - 1]}, modifiedTime moves ${behaviour}`;
}

/** Whether the killed process had written down what it was asked to do. */
function isWritten({ scenario, kill }: Cell): boolean {
  const writes = (steps.get(scenario) ?? []).indexOf(stepsUntilWritten.get(scenario) ?? 'make table') + 1;
  return (
    stepsUntilWritten.get(scenario) === undefined ||
    kill.at > writes ||
    (kill.at === writes && kill.when === 'after')
  );
}

async function run(cells: readonly Cell[]): Promise<ReadonlyMap<string, CellEnd>> {
  const ends = new Map<string, CellEnd>();
  for (const cell of cells) ends.set(nameOf(cell), await runCell(stage, cell));
  return ends;
}

describe('a process that is killed at any step', () => {
  test.each(scenarios)(
    'of a $name leaves nothing undone, nothing done twice, and a person’s pause alone',
    async (scenario) => {
      const cells = killsOf(scenario).flatMap((kill): readonly Cell[] =>
        (isLong ? behaviours : behaviours.slice(kill.at % 3, (kill.at % 3) + 1)).map((behaviour) => ({
          ...{ scenario, behaviour, kill },
          human: 'nobody',
        })),
      );
      expect(cells.length).toBeGreaterThan(6);

      const expected = cells.map((cell): [string, CellEnd] => {
        const wasAsked = scenario !== pauseByRequest || isWritten(cell);
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

/** The cells in which no evidence tells; everywhere else a person's word is followed. */
const contradictory: ReadonlyMap<Scenario, Readonly<Record<string, string>>> = new Map([
  [pauseByWindow, afterPause()],
  [pauseByRequest, afterPause()],
  [resumeAtWindowEnd, afterResume()],
  [resumeByRequest, afterResume()],
]);

/**
 * The intent to pause is written and its outcome is not, and a person pauses too. Where nothing moves `modifiedTime`
 * the report looks as if our pause had been the one: this cannot be known, and is written down for users.
 */
function afterPause(): Readonly<Record<string, string>> {
  return {
    'write lease+own, modifiedTime moves never': 'taken for ours, and resumed',
    'write lease+own, modifiedTime moves onChange': 'doubtful',
    'write lease+own, modifiedTime moves always': 'doubtful',
    'PUT report, modifiedTime moves always': 'doubtful',
  };
}

/** The same on the way back: our resume may be what the person's pause undid, or may never have been. */
function afterResume(): Readonly<Record<string, string>> {
  return {
    'PUT report, modifiedTime moves never': 'taken for ours, and resumed',
    'PUT report, modifiedTime moves onChange': 'doubtful',
    'write lease+own, modifiedTime moves always': 'doubtful',
    'PUT report, modifiedTime moves always': 'doubtful',
  };
}

function endOf({ isDoubtful, foreignResumes, stranded }: CellEnd): string | null {
  if (stranded.length > 0) return 'stranded';
  if (foreignResumes.length > 0) return 'taken for ours, and resumed';
  return isDoubtful ? 'doubtful' : null;
}

function cellsWithHuman(scenario: Scenario, human: Cell['human']): readonly Cell[] {
  const critical = ['write lease+own', 'PUT report'];
  return (steps.get(scenario) ?? []).flatMap((step, at): readonly Cell[] =>
    isLong || critical.includes(step)
      ? (isLong || human === 'pause' ? behaviours : behaviours.slice(1, 2)).map((behaviour) => ({
          scenario,
          behaviour,
          human,
          kill: { at: at + 1, when: 'after' },
        }))
      : [],
  );
}

describe('a person who acts while the killed process is away', () => {
  const some = isLong ? scenarios : [pauseByWindow, resumeAtWindowEnd];

  test.each(some)(
    'and pauses after a $name died: the pause stays, or the report is doubtful and said so',
    async (scenario) => {
      const ends = await run(cellsWithHuman(scenario, 'pause'));
      const listed = [...ends].flatMap(([name, end]) => {
        const how = endOf(end);
        return how === null ? [] : [[name.replace('after ', ''), how]];
      });
      expect(Object.fromEntries(listed)).toEqual(contradictory.get(scenario));
      for (const [name, { ours, changes, foreign }] of ends) {
        const isLeft = changes.at(-1) === 'human Paused' ? ours === 'Paused' : true;
        expect({ name, isLeft, foreign }).toEqual({ name, isLeft: true, foreign: 'Paused' });
      }
    },
    limitInMs,
  );

  test.each(some)(
    'and resumes after a $name died: in the end it is active, and nothing of it is doubtful',
    async (scenario) => {
      const ends = await run(cellsWithHuman(scenario, 'resume'));
      expect([...ends].filter(([, end]) => endOf(end) !== null)).toEqual([]);
      expect([...new Set([...ends.values()].map(({ ours, foreign }) => `${ours} ${foreign}`))]).toEqual([
        'Active Paused',
      ]);
    },
    limitInMs,
  );
});
