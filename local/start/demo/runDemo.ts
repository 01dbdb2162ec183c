import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type LocalCloud, startLocalCloud } from '../startLocalCloud.ts';
import { cast, castList } from './cast.ts';
import { createDemoClock, type DemoClock } from './demoClock.ts';
import { instantOf } from './demoNight.ts';
import { demoPlan } from './demoPlan.ts';
import { firstMinute, runMinute } from './demoScript.ts';
import { formatIntroduction, formatVerdict } from './demoTexts.ts';
import { judgeDemo } from './judgeDemo.ts';
import { playDemo } from './playDemo.ts';
import { createStage } from './stage.ts';

export interface DemoOptions {
  /** Where the built functions are; absolute. */
  readonly appDirectory: string;
  /** Real time that a minute of the night takes; 0 does not wait. */
  readonly minuteInMs: number;
  /** One more fault for the Insights API, as its admin door takes it; null for none. */
  readonly fault: unknown;
  readonly say: (text: string) => void;
  /** Resolves when the person has had enough. */
  readonly interrupted: Promise<'interrupted'>;
}

/**
 * Plays a night with a maintenance window in the local cloud, told line by line, and judges it.
 * @returns the exit code: 0 where all is as it should be, 1 where it is not or was interrupted.
 * @throws Error in a sentence where the demo could not be played.
 */
export async function runDemo(options: DemoOptions): Promise<number> {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-demo-'));
  try {
    const clock = createDemoClock(directory, instantOf(firstMinute));
    const cloud = await startLocalCloud(demoPlan(options.appDirectory, clock));
    try {
      return await playUnlessEnded(cloud, clock, options);
    } finally {
      await cloud.stop();
    }
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function playUnlessEnded(cloud: LocalCloud, clock: DemoClock, options: DemoOptions): Promise<number> {
  const died = cloud.died.then((sentence): never => {
    throw new Error(sentence);
  });
  // Also lost when the cloud is stopped on purpose, when nobody waits for it any more.
  died.catch(() => undefined);
  const played = playAndJudge(cloud, clock, options);
  played.catch(() => undefined);
  const ended = await Promise.race([played, died, options.interrupted]);
  return ended === 'interrupted' ? 1 : ended;
}

async function playAndJudge(cloud: LocalCloud, clock: DemoClock, options: DemoOptions): Promise<number> {
  const { say, minuteInMs, fault } = options;
  const stage = createStage(cloud.emulatorUrl);
  await stage.seed(castList, instantOf(runMinute - 24 * 60));
  await stage.addFault({
    kind: 'status500',
    operation: 'pauseReport',
    reportId: cast.resellers.reportId,
    times: 2,
  });
  if (fault !== null) {
    await stage.addFault(fault);
  }
  say(formatIntroduction());
  const tickUrl = { url: cloud.host.url, functionKey: cloud.functionKey };
  const toldEvents = await playDemo({ stage, clock, tickUrl, minuteInMs, say });
  const verdict = judgeDemo({ cast: castList, changes: await stage.changes(), toldEvents });
  say(formatVerdict(verdict, await stage.ranAt(instantOf(runMinute))));
  return verdict.faults.length === 0 ? 0 : 1;
}
