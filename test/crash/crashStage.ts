import { compose } from '../../shared/composition/compose.ts';
import type { Composed } from '../../shared/http/composed.ts';
import { bundleServiceProcess } from './bundleServiceProcess.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { labelOf } from './labelOf.ts';
import type { ToldRun, Work } from './messages.ts';
import { runWork } from './runWork.ts';
import { reports, type Scenario, SERVICE_OFFSET_IN_MS } from './scenarios.ts';
import { type Gatekeeper, type PassingRequest, startProxy } from './startProxy.ts';
import { type ServiceProcess, startServiceProcess } from './startServiceProcess.ts';
import { createWakingClock } from './toldClock.ts';

/** Which request the process is killed at, counted over storage and Insights together, from 1. */
export interface Kill {
  readonly at: number;
  /** `before`: the request never arrived; `after`: it took effect, and its answer was lost. */
  readonly when: 'before' | 'after';
}

export type Behaviour = 'never' | 'onChange' | 'always';

/** What came of one cell's killed process. */
export interface Killed {
  /** The requests that the process sent, as text. */
  readonly requests: readonly string[];
  /** False where the process had done its work before the kill could strike. */
  readonly wasKilled: boolean;
}

/** A cloud, proxies between it and a service process, and the process. */
export type CrashStage = Awaited<ReturnType<typeof startCrashStage>>;

/** Starts all of it. */
export async function startCrashStage() {
  const cloud = await startCloud(['33333333-3333-4333-8333-333333333333']);
  const bundle = await bundleServiceProcess();
  let keeper: Gatekeeper = letAllPass;
  const current: Gatekeeper = {
    before: (request) => keeper.before(request),
    after: (request) => keeper.after(request),
  };
  const storage = await startProxy(cloud.storageUrl, current);
  const insights = await startProxy(cloud.insightsUrl, current);
  // The identity library reads the environment of its process by itself.
  Object.assign(process.env, cloud.environment());
  const spares = new Map<Scenario, Promise<ServiceProcess>>();

  const spawn = async (scenario: Scenario): Promise<ServiceProcess> => {
    const child = startServiceProcess({
      path: bundle.path,
      environment: {
        ...cloud.environment({ storageUrl: storage.url, insightsUrl: insights.url }),
        ...scenario.settings,
      },
      nowMs: scenario.killed.atMs,
      // Who waits is woken at once, at the time that it waits for.
      onSleep: (dueMs) => {
        void cloud.setClock(dueMs + SERVICE_OFFSET_IN_MS).then(async () => (await child).setClock(dueMs));
      },
    });
    return child;
  };

  return {
    cloud,
    /** Empties the ledger and brings everything to where the killed work begins. */
    prepare: async (scenario: Scenario, pauseMovesModifiedTime: Behaviour): Promise<void> => {
      const firstMs = scenario.before[0]?.atMs ?? scenario.killed.atMs;
      const policies = { pauseMovesModifiedTime };
      const serviceNowMs = firstMs + SERVICE_OFFSET_IN_MS;
      await cloud.reset({ reports, policies, serviceNowMs, keepsTables: false });
      const run = restart(cloud, scenario, firstMs);
      for (const { atMs, work } of scenario.before) await run(atMs, work);
      await cloud.setClock(scenario.killed.atMs + SERVICE_OFFSET_IN_MS);
    },
    /** Does the scenario's work in a process of its own and kills it there; without a kill it runs to its end. */
    runKilled: async (scenario: Scenario, kill: Kill | null): Promise<Killed> => {
      const child = await (spares.get(scenario) ?? spawn(scenario));
      spares.set(scenario, spawn(scenario));
      const requests: string[] = [];
      keeper = killerOf(child, kill, requests);
      const run = await child.work(scenario.killed.work);
      await child.kill();
      await Promise.all([storage.idle(), insights.idle()]);
      keeper = letAllPass;
      return { requests, wasKilled: run === null };
    },
    /** The service as a new process has it: nothing remembered but the ledger. */
    restart: (scenario: Scenario) => restart(cloud, scenario, scenario.killed.atMs),
    close: async () => {
      for (const spare of spares.values()) await (await spare).kill();
      await Promise.all([storage.close(), insights.close()]);
      await bundle.remove();
      await cloud.close();
    },
  };
}

const letAllPass: Gatekeeper = { before: async () => true, after: async () => true };

function restart(cloud: Cloud, scenario: Scenario, startMs: number) {
  const clock = createWakingClock(startMs, async (dueMs) => {
    await cloud.setClock(dueMs + SERVICE_OFFSET_IN_MS);
  });
  const composed: Composed = compose(
    { ...cloud.environment(), ...scenario.settings },
    { clock, random: () => 0.5 },
  );
  return async (atMs: number, work: Work): Promise<ToldRun> => {
    clock.tell(atMs);
    await cloud.setClock(atMs + SERVICE_OFFSET_IN_MS);
    return runWork(composed, work);
  };
}

function killerOf(child: ServiceProcess, kill: Kill | null, requests: string[]): Gatekeeper {
  const numbers = new Map<PassingRequest, number>();
  return {
    before: async (request) => {
      requests.push(labelOf(request));
      numbers.set(request, requests.length);
      if (kill !== null && requests.length > kill.at) return false;
      if (kill?.when !== 'before' || kill.at !== requests.length) return true;
      await child.kill();
      return false;
    },
    after: async (request) => {
      if (kill?.when !== 'after' || kill.at !== numbers.get(request)) return true;
      await child.kill();
      return false;
    },
  };
}
