import { runTick } from '../tickRun.ts';
import type { DemoClock } from './demoClock.ts';
import { instantOf } from './demoNight.ts';
import { demoScript, firstMinute, type Scene } from './demoScript.ts';
import type { Stage } from './stage.ts';
import { tellLine } from './tellLine.ts';
import { tellTick } from './tellTick.ts';

const product = 'Intermission';

/** What the demo is played with. */
export interface DemoParts {
  readonly stage: Stage;
  readonly clock: DemoClock;
  readonly tickUrl: { readonly url: string; readonly functionKey: string };
  /** Real time that a minute of the night takes. */
  readonly minuteInMs: number;
  readonly say: (text: string) => void;
}

/** Plays the night to its end. @returns the events that the product told, as `name reportId`. */
export async function playDemo(parts: DemoParts): Promise<ReadonlySet<string>> {
  const toldEvents = new Set<string>();
  let minute = firstMinute;
  for (const scene of demoScript) {
    await parts.clock.passTo(instantOf(scene.minute), (scene.minute - minute) * parts.minuteInMs);
    minute = scene.minute;
    for (const event of await playScene(scene, parts)) {
      toldEvents.add(event);
    }
  }
  return toldEvents;
}

async function playScene(scene: Scene, parts: DemoParts): Promise<readonly string[]> {
  const { stage, say, clock } = parts;
  switch (scene.kind) {
    case 'remark':
      say(tellLine(clock.nowMs(), '', `--- ${scene.text}`));
      return [];
    case 'person': {
      const { person, verb, report, why } = scene;
      await stage.act(person, verb, report);
      say(tellLine(clock.nowMs(), person, `${verb}s ${report.reportName} by hand: ${why}.`));
      return [];
    }
    case 'tick': {
      const atMs = clock.nowMs();
      const run = await runTick(parts.tickUrl);
      if ('refusal' in run) {
        throw new Error(String(run.refusal));
      }
      for (const sentence of tellTick(run)) {
        say(tellLine(atMs, product, sentence));
      }
      return run.events.map(({ name, reportId }) => `${name} ${reportId}`);
    }
  }
}
