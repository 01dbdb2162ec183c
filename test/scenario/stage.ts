import { compose } from '../../shared/composition/compose.ts';
import type { Composed } from '../../shared/http/composed.ts';
import type { OccurrenceEntry } from '../../shared/ledger/occurrenceHistory.ts';
import type { AccountSnapshot } from '../../shared/ledger/snapshot.ts';
import type { Service } from '../../shared/service/createService.ts';
import type { Run } from '../../shared/service/run.ts';
import type { DoorCall } from '../../shared/service/serviceParts.ts';
import { seededRandom } from '../fakes/seededRandom.ts';
import { createScenarioClock, type ScenarioClock } from './scenarioClock.ts';
import type { ScenarioCloud } from './scenarioCloud.ts';
import type { Behaviour, WindowSketch } from './sketches.ts';
import { windowJson } from './sketches.ts';

/** App settings beside those that lead to the local cloud; undefined takes one back to what that says. */
type Settings = Readonly<Record<string, string | undefined>>;

/** What is configured; what is left out of a change stays as it was. */
export interface Configuration {
  readonly windows?: readonly WindowSketch[];
  readonly settings?: Settings;
}

type Ready = Extract<Composed, { ok: true }>;

/** Where a scenario plays: the service as it is composed now, its clock, and what it has told so far. */
export interface Stage {
  readonly cloud: ScenarioCloud;
  readonly behaviour: Behaviour;
  readonly clock: ScenarioClock;
  readonly runs: readonly Run[];
  /** The last run. */
  last(): Run;
  /** Composes anew: a deployment, or a restart where nothing is changed. @throws Error with the problems of the settings. */
  configure(change: Configuration): void;
  /** One call of the service; its run is kept. */
  run(caller: string, work: (service: Service, call: DoorCall) => Promise<Run>): Promise<Run>;
  service(): Service;
  ledgerNow(): Promise<AccountSnapshot>;
  /** What the history has of the occurrences of a window. */
  occurrencesOf(window: string): Promise<readonly OccurrenceEntry[]>;
}

/** A stage on which nothing has happened yet. */
export function createStage(cloud: ScenarioCloud, behaviour: Behaviour): Stage {
  const clock = createScenarioClock((nowMs) => cloud.insights.setClock(nowMs));
  const runs: Run[] = [];
  let windows: readonly WindowSketch[] = [];
  let settings: Settings = {};
  let current: Ready | null = null;

  const ready = (): Ready => {
    if (current === null) {
      throw new Error('nothing is configured yet');
    }
    return current;
  };
  const configure = (change: Configuration) => {
    windows = change.windows ?? windows;
    settings = { ...settings, ...change.settings };
    for (const { client, clientForPeople } of current?.parts.accounts ?? []) {
      client.close();
      clientForPeople.close();
    }
    const environment = { ...cloud.addresses, ...windowSetting(windows), ...given(settings) };
    const composed = compose(environment, { clock, random: seededRandom(1) });
    if (!composed.ok) {
      current = null;
      throw new Error(composed.problems.map(({ name, message }) => `${name} ${message}`).join('; '));
    }
    current = composed;
  };

  return {
    cloud,
    behaviour,
    clock,
    runs,
    configure,
    last: () => runs.at(-1) ?? nothingRan(),
    service: () => ready().service,
    run: async (caller, work) => {
      const call = { correlationId: 'scenario', caller, teller: SILENT, runId: null };
      const run = await work(ready().service, call);
      runs.push(run);
      return run;
    },
    occurrencesOf: async (window) => {
      const [account] = ready().parts.accounts;
      const asked = { window, fromMs: null, untilMs: null, after: null, limit: 100 };
      const kept = await ready().parts.ledger.occurrences(account?.accountKey ?? '', asked);
      return kept.occurrences.flatMap(({ begin, end }) => [begin, end].filter((one) => one !== null));
    },
    ledgerNow: () => {
      const [account] = ready().parts.accounts;
      return ready().parts.ledger.read(account?.accountKey ?? '');
    },
  };
}

const quiet = () => {};
const SILENT = { info: quiet, warn: quiet, error: quiet };

function windowSetting(windows: readonly WindowSketch[]): Settings {
  return windows.length === 0 ? {} : { MAINTENANCE_WINDOWS: JSON.stringify(windows.map(windowJson)) };
}

function given(settings: Settings): Settings {
  return Object.fromEntries(Object.entries(settings).filter(([, value]) => value !== undefined));
}

function nothingRan(): never {
  throw new Error('nothing has run yet');
}
