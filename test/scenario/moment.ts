import type { PauseRecord } from '../../shared/deciding/judgeAdoption.ts';
import type { ResumeRequest } from '../../shared/service/requests.ts';
import type { Run } from '../../shared/service/run.ts';
import type { HumanDeed } from './insightsWorld.ts';
import { instantMs } from './instantMs.ts';
import { reportIdOf } from './reportLetters.ts';
import type { Configuration, Stage } from './stage.ts';

/** One or more reports by their letters. */
type Letters = string | readonly string[];

/** What a test says of `POST /api/pause`. */
interface PauseSketch {
  /** An instant; without one it stays until resumed. */
  readonly until?: string;
  readonly reason?: string;
  readonly requestId?: string;
  readonly caller?: string;
}

/** What a test says of `POST /api/resume`. */
interface ResumeSketch {
  readonly includeWindows?: boolean;
  readonly takeOver?: boolean;
  readonly reason?: string;
}

/** A person at work in the portal, or with an API client of their own. */
interface Human {
  pauses(letter: string): Promise<void>;
  resumes(letter: string): Promise<void>;
  edits(letter: string): Promise<void>;
  renames(letter: string, reportName: string): Promise<void>;
  deletes(letter: string): Promise<void>;
}

/** What may happen at one instant. Each moves the scenario's time there first. */
export interface Moment {
  /** The timer fires. */
  tick(): Promise<Run>;
  /** A person asks for a tick. */
  tickByHand(): Promise<Run>;
  pause(letters: Letters, request?: PauseSketch): Promise<Run>;
  resume(letters: Letters, request?: ResumeSketch): Promise<Run>;
  /** Resumes by the request that paused. */
  resumeRequest(requestId: string, request?: ResumeSketch): Promise<Run>;
  drain(): Promise<Run>;
  /** Takes into the ledger what the events said of pauses. */
  adopt(records: readonly PauseRecord[], until?: string): Promise<Run>;
  human(userName: string): Human;
  /** A deployment. */
  configure(change: Configuration): Promise<void>;
}

/** What the people of a scenario did, as far as the judge must know it. */
export interface PeoplesDeeds {
  /** Pauses of what may have been paused already, where the API leaves a trace of it. */
  readonly repeatedPauses: { readonly reportId: string; readonly afterSeq: number }[];
  /** Reports that a person gave to the service to resume, or of which nobody can know. */
  readonly exempt: Set<string>;
}

/** The moment `atMs` on a stage. */
export function momentAt(stage: Stage, deeds: PeoplesDeeds, atMs: number): Moment {
  const { clock } = stage;
  const there = async <Value>(deed: () => Promise<Value> | Value): Promise<Value> => {
    await clock.moveTo(atMs);
    return deed();
  };
  const resume = (target: ResumeRequest['target'], sketch: ResumeSketch = {}) =>
    there(() => {
      const { includeWindows = false, takeOver = false, reason = 'asked for' } = sketch;
      const given = takeOver && target.kind === 'reports' ? target.reportIds : [];
      for (const reportId of given) deeds.exempt.add(reportId);
      const request = { target, account: 'default', reason, includeWindows, takeOver, endsOthers: true };
      return stage.run('operator', (service, call) => service.resume(request, call));
    });

  return {
    tick: () => there(() => stage.run('timer', (service, call) => service.tick(call))),
    tickByHand: () => there(() => stage.run('operator', (service, call) => service.tickByHand(call))),
    pause: (letters, { until, reason = 'asked for', requestId = null, caller = 'operator' } = {}) =>
      there(() => {
        const untilMs = until === undefined ? null : instantMs(until, clock.now());
        const request = {
          reportIds: idsOf(letters),
          account: 'default',
          untilMs,
          timeZone: null,
          reason,
          requestId,
        };
        return stage.run(caller, (service, call) => service.pause({ ...request, holdId: null }, call));
      }),
    resume: (letters, sketch) => resume({ kind: 'reports', reportIds: idsOf(letters) }, sketch),
    resumeRequest: (requestId, sketch) => resume({ kind: 'request', requestId }, sketch),
    drain: () =>
      there(() =>
        stage.run('operator', (service, call) =>
          service.drain({ account: 'default', reason: 'uninstall' }, call),
        ),
      ),
    adopt: (records, until) =>
      there(() => {
        const untilMs = until === undefined ? null : instantMs(until, clock.now());
        const request = { account: 'default', reason: 'the ledger was lost', records, untilMs };
        return stage.run('operator', (service, call) => service.adopt(request, call));
      }),
    configure: (change) => there(() => stage.configure(change)),
    human: (userName) => humanOn(stage, deeds, userName, there),
  };
}

function humanOn(
  { cloud, behaviour }: Stage,
  { repeatedPauses }: PeoplesDeeds,
  userName: string,
  there: (deed: () => Promise<void>) => Promise<void>,
): Human {
  const act = (deed: HumanDeed, letter: string) =>
    there(async () => {
      const reportId = reportIdOf(letter);
      if (deed === 'pause' && behaviour === 'always') {
        const changes = await cloud.insights.changes();
        repeatedPauses.push({ reportId, afterSeq: changes.at(-1)?.seq ?? 0 });
      }
      await cloud.insights.act(deed, reportId, userName);
    });
  return {
    pauses: (letter) => act('pause', letter),
    resumes: (letter) => act('resume', letter),
    edits: (letter) => act('edit', letter),
    deletes: (letter) => act('delete', letter),
    renames: (letter, reportName) =>
      there(() => cloud.insights.edit(reportIdOf(letter), userName, { reportName })),
  };
}

function idsOf(letters: Letters): readonly string[] {
  return (typeof letters === 'string' ? [letters] : letters).map(reportIdOf);
}
