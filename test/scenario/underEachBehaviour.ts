import { createScenario, type Scenario } from './scenario.ts';
import { type ScenarioCloud, startScenarioCloud } from './scenarioCloud.ts';
import { type Behaviour, behaviours } from './sketches.ts';

type Body = (s: Scenario) => Promise<void>;

/** Tells one scenario; its title is a sentence of behaviour. */
export type TellScenario = (title: string, body: Body) => void;

const TITLES = {
  never: 'where a pause never moves modifiedTime',
  onChange: 'where a pause moves modifiedTime if it changes something',
  always: 'where every pause moves modifiedTime',
};

/** Real sign-in, storage and HTTP for a night of ticks; nothing of it waits. */
const LIMIT_IN_MS = 20_000;

/** Scenarios on one local cloud, each told under all three behaviours of the API, and judged at its end. */
export function underEachBehaviour(
  subject: string,
  tellAll: (scenario: TellScenario) => void,
  { limitInMs = LIMIT_IN_MS }: { readonly limitInMs?: number } = {},
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
      tellAll((title, body) => test(title, play(behaviour, body), limitInMs));
    });
  }
}
