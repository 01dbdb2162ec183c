import { drawOne, sampleOf } from '../../build/sample.ts';
import { createScenario, type Scenario } from './scenario.ts';
import { type ScenarioCloud, startScenarioCloud } from './scenarioCloud.ts';
import { type Behaviour, behaviours } from './sketches.ts';

type Body = (s: Scenario) => Promise<void>;

/** Tells one scenario; its title is a sentence of behaviour. */
export type TellScenario = (title: string, body: Body) => void;

interface Options {
  readonly limitInMs?: number;
}

const TITLES = {
  never: 'where a pause never moves modifiedTime',
  onChange: 'where a pause moves modifiedTime if it changes something',
  always: 'where every pause moves modifiedTime',
};

/** Real sign-in, storage and HTTP for a night of ticks; nothing of it waits. */
const LIMIT_IN_MS = 60_000;

/**
 * Scenarios on one local cloud that depend on what the API does to `modifiedTime`: each is told under all three
 * behaviours in the long run and under one that is drawn in the fast one, and judged at its end.
 */
export function underEachBehaviour(
  subject: string,
  tellAll: (scenario: TellScenario) => void,
  options: Options = {},
): void {
  tellUnder((title) => sampleOf(`${subject}: ${title}`, 1, behaviours), subject, tellAll, options);
}

/** Scenarios that end the same under all three: each is told under one that is drawn. */
export function underAnyBehaviour(
  subject: string,
  tellAll: (scenario: TellScenario) => void,
  options: Options = {},
): void {
  tellUnder((title) => drawOne(`${subject}: ${title}`, behaviours), subject, tellAll, options);
}

function tellUnder(
  drawn: (title: string) => readonly Behaviour[],
  subject: string,
  tellAll: (scenario: TellScenario) => void,
  { limitInMs = LIMIT_IN_MS }: Options,
): void {
  let cloud: ScenarioCloud | null = null;
  beforeAll(async () => {
    cloud = await startScenarioCloud();
  }, 60_000);
  afterAll(() => cloud?.stop());

  const play = (behaviour: Behaviour, body: Body) => async () => {
    if (cloud === null) {
      throw new Error('the local cloud did not start');
    }
    const scenario = createScenario(cloud, behaviour);
    await body(scenario);
    await scenario.beJudged();
  };
  for (const behaviour of behaviours) {
    describe(`${subject}, ${TITLES[behaviour]}`, () => {
      tellAll((title, body) => {
        if (drawn(title).includes(behaviour)) {
          test(title, play(behaviour, body), limitInMs);
        }
      });
    });
  }
}
