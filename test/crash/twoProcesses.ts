import { compose } from '../../shared/composition/compose.ts';
import type { Composed } from '../../shared/http/composed.ts';
import { seededRandom } from '../fakes/seededRandom.ts';
import { bundleServiceProcess } from './bundleServiceProcess.ts';
import { type Cloud, startCloud } from './cloud.ts';
import { createInterleaver, type Interleaver } from './interleaver.ts';
import { judge, type Verdict } from './judge.ts';
import type { ToldRun, Work } from './messages.ts';
import { runWork } from './runWork.ts';
import { SERVICE_OFFSET_IN_MS } from './scenarios.ts';
import { startProxy } from './startProxy.ts';
import { type ServiceProcess, startServiceProcess } from './startServiceProcess.ts';
import { createWakingClock } from './toldClock.ts';

const idOf = (number: number) => `b0000000-0000-4000-8000-00000000000${number}`;
const OURS = [1, 2, 3].map(idOf);
const FOREIGN = idOf(4);
const ALL = [...OURS, FOREIGN];
const DAY_IN_MS = 86_400_000;
const FIRST_DAY_MS = Date.parse('2026-03-01T12:00:05Z');
const ROUNDS = 4;

const settings = {
  REPORT_IDS: [OURS[0], OURS[1], FOREIGN].join(','),
  PAUSE_SCHEDULE: '0 12 * * *',
  PAUSE_DURATION: 'PT1H',
  MAX_CONCURRENCY: '1',
};

/** How one seed's rounds ended. */
export interface EpisodeEnd extends Verdict {
  /** Changes of reports that two processes had under way at once. */
  readonly overlaps: readonly string[];
  /** The last ticks called these doubtful. */
  readonly doubtful: readonly string[];
  readonly foreign: string | undefined;
  /** What the runs came to, e.g. `account_busy`, for the test to see that the processes met. */
  readonly codes: readonly string[];
  readonly requestsPassed: number;
  /** What happened, in order, for whoever looks into a seed that failed. */
  readonly story: readonly string[];
}

/** Two processes of the service on one ledger and one API. */
export type TwoProcesses = Awaited<ReturnType<typeof startTwoProcesses>>;

/** Starts them, each behind proxies of its own. */
export async function startTwoProcesses() {
  const clientIds = ['33333333-3333-4333-8333-333333333333', '44444444-4444-4444-8444-444444444444'];
  const cloud = await startCloud(clientIds);
  const bundle = await bundleServiceProcess();
  let interleaver: Interleaver | null = null;
  let hasPlayed = false;
  const startOne = async (processId: number) => {
    const keeper = {
      before: async (request) => interleaver?.gatekeeperOf(processId).before(request) ?? true,
      after: async (request) => interleaver?.gatekeeperOf(processId).after(request) ?? true,
    } satisfies Parameters<typeof startProxy>[1];
    const storage = await startProxy(cloud.storageUrl, keeper);
    const insights = await startProxy(cloud.insightsUrl, keeper);
    const addresses = { storageUrl: storage.url, insightsUrl: insights.url, identity: processId };
    const process = await startServiceProcess({
      path: bundle.path,
      environment: { ...cloud.environment(addresses), ...settings },
      nowMs: FIRST_DAY_MS,
      onSleep: (dueMs) => interleaver?.sleeps(processId, dueMs),
    });
    return { process, proxies: [storage, insights] };
  };
  const started = [await startOne(0), await startOne(1)];
  const processes = started.map(({ process }) => process);
  // The identity library reads the environment of its process by itself.
  Object.assign(process.env, cloud.environment());

  return {
    /** Plays one seed on a day of its own. */
    play: async (seed: number, pauseMovesModifiedTime: string): Promise<EpisodeEnd> => {
      const random = seededRandom(seed);
      const beginMs = FIRST_DAY_MS + seed * DAY_IN_MS;
      await cloud.reset({
        reports: reportsOf(),
        policies: { pauseMovesModifiedTime },
        serviceNowMs: beginMs + SERVICE_OFFSET_IN_MS,
        keepsTables: hasPlayed,
      });
      let nowMs = beginMs;
      const setTime = async (toMs: number) => {
        nowMs = toMs;
        await cloud.setClock(toMs + SERVICE_OFFSET_IN_MS);
        await Promise.all(processes.map((one) => one.setClock(toMs)));
      };
      hasPlayed = true;
      await setTime(beginMs);
      interleaver = createInterleaver({ random, now: () => nowMs, setTime });
      const runs: ToldRun[] = [];
      const story: string[] = [];
      for (let round = 0; round < ROUNDS; round += 1) {
        const works = processes.map((one) => {
          const work = someWork(random, beginMs);
          story.push(`begins ${JSON.stringify(work)}`);
          return () => one.work(work);
        });
        const done = (await interleaver.run(works)).filter((run) => run !== null);
        runs.push(...done);
        story.push(...done.map(lineOf), `${(nowMs - beginMs) / 1000} s after the begin`);
        await setTime(nowMs + 150_000);
        story.push(await actAsSomebody(cloud, random, pauseMovesModifiedTime));
        await setTime(nowMs + 150_000);
      }
      interleaver.letAllPass();
      const last = await endDay(cloud, Math.max(nowMs, beginMs + 3_600_000));
      story.push(...last.map(lineOf));
      return endOf({ cloud, runs: [...runs, ...last], last, interleaver, story });
    },
    close: async () => {
      await Promise.all(processes.map((one: ServiceProcess) => one.kill()));
      await Promise.all(started.flatMap(({ proxies }) => proxies.map((proxy) => proxy.close())));
      await bundle.remove();
      await cloud.close();
    },
  };
}

function reportsOf(): readonly object[] {
  return ALL.map((reportId) => ({
    ...{ reportId, reportName: `Report ${reportId.at(-1)}`, startTime: '2099-01-05T18:00:00Z' },
    reportStatus: reportId === FOREIGN ? 'Paused' : 'Active',
  }));
}

function someWork(random: () => number, beginMs: number): Work {
  const reportIds = ALL.filter(() => random() < 0.6);
  const dice = random();
  if (dice < 0.5 || reportIds.length === 0) return { door: 'tick' };
  const common = { account: 'default', reason: 'maintenance' };
  if (dice < 0.75) {
    const untilMs = random() < 0.5 ? null : beginMs + Math.floor(random() * 1_800_000);
    const request = { ...common, reportIds, untilMs, requestId: null, holdId: null };
    return { door: 'pause', caller: 'an operator', request };
  }
  return {
    door: 'resume',
    caller: 'an operator',
    request: {
      ...common,
      target: { kind: 'reports', reportIds },
      ...{ includeWindows: random() < 0.3, takeOver: false, endsOthers: true },
    },
  };
}

/** A person in the portal. A pause that nothing in the API shows is none that could be told from ours. */
async function actAsSomebody(
  cloud: Cloud,
  random: () => number,
  pauseMovesModifiedTime: string,
): Promise<string> {
  const reportId = OURS[Math.floor(random() * OURS.length)] ?? FOREIGN;
  const dice = random();
  const action = dice < 0.15 ? 'resume' : 'pause';
  if (dice > 0.3 || (action === 'pause' && pauseMovesModifiedTime === 'never')) return 'nobody acts';
  await cloud.asHuman(reportId, action);
  return `a person: ${action} ${reportId}`;
}

function lineOf({ status, problems, results, events }: ToldRun): string {
  const shown = results.map(({ reportId, outcome, code }) => `${reportId.at(-1)} ${outcome} ${code}`);
  const told = events.map(({ reportId, name }) => `${reportId.at(-1)} ${name}`);
  return `ends ${status} ${JSON.stringify({ problems, shown, told })}`;
}

/** All requests' holds are ended by a person, the window is over, and ticks come until nothing is left to do. */
async function endDay(cloud: Cloud, fromMs: number): Promise<readonly ToldRun[]> {
  const clock = createWakingClock(fromMs, async (dueMs) => {
    await cloud.setClock(dueMs + SERVICE_OFFSET_IN_MS);
  });
  const composed: Composed = compose({ ...cloud.environment(), ...settings }, { clock, random: () => 0.5 });
  const target = { kind: 'reports', reportIds: ALL } as const;
  const request = {
    target,
    account: 'default',
    includeWindows: false,
    takeOver: false,
    endsOthers: true,
    reason: 'the end',
  };
  const works: readonly Work[] = [
    { door: 'resume', caller: 'an operator', request },
    ...new Array<Work>(3).fill({ door: 'tick' }),
  ];
  const runs: ToldRun[] = [];
  for (const [at, work] of works.entries()) {
    clock.tell(fromMs + at * 300_000);
    await cloud.setClock(fromMs + at * 300_000 + SERVICE_OFFSET_IN_MS);
    runs.push(await runWork(composed, work));
  }
  return runs;
}

async function endOf(played: {
  cloud: Cloud;
  runs: readonly ToldRun[];
  last: readonly ToldRun[];
  interleaver: Interleaver;
  story: readonly string[];
}): Promise<EpisodeEnd> {
  const { cloud, runs, interleaver, story } = played;
  const changes = await cloud.changes();
  const changed = changes.map(({ reportId, to, operation }) => `${reportId.at(-1)} ${operation} ${to}`);
  const { ownerships, holds } = await cloud.readLedger();
  const doubtful = (played.last.at(-1)?.results ?? [])
    .filter(({ outcome }) => outcome === 'doubtful')
    .map(({ reportId }) => reportId);
  const respected = runs
    .flatMap(({ events }) => events)
    .filter(({ name }) => name === 'ManualPauseRespected')
    .map(({ reportId }) => reportId);
  const codes = runs.flatMap(({ problems, results }) => [...problems, ...results].map(({ code }) => code));
  return {
    ...judge(changes, new Set([...doubtful, ...respected])),
    overlaps: interleaver.overlaps,
    doubtful,
    foreign: (await cloud.statuses()).get(FOREIGN),
    codes: [...new Set(codes)],
    requestsPassed: interleaver.passed,
    story: [...story, ...changed, JSON.stringify([[...ownerships.values()], holds])],
  };
}
