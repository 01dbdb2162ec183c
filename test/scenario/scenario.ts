import type { PauseRecord } from '../../shared/deciding/judgeAdoption.ts';
import { isLiveAt } from '../../shared/model/hold.ts';
import { isUndone } from '../../shared/running/reportResult.ts';
import type { Service } from '../../shared/service/createService.ts';
import type { DoorCall } from '../../shared/service/serviceParts.ts';
import { expectationsOn } from './expectations.ts';
import { instantMs } from './instantMs.ts';
import { isByUs, judge } from './judge.ts';
import { type Moment, momentAt, type PeoplesDeeds } from './moment.ts';
import { letterOf, reportIdOf } from './reportLetters.ts';
import { type ScenarioCloud, SERVICE_CLIENT_ID } from './scenarioCloud.ts';
import { type Behaviour, type Given, seedOf } from './sketches.ts';
import { type Configuration, createStage, type Stage } from './stage.ts';

/** A scenario at work; see `README.md`. */
export type Scenario = ReturnType<typeof createScenario>;

/** A fault of the emulator, with letters for report ids. It befalls the service alone. */
export interface FaultSketch {
  readonly kind: string;
  /** The report that the request is about. */
  readonly on?: string;
  /** Whom a person acts on meanwhile (`humanActs`). */
  readonly onReport?: string;
  readonly [property: string]: unknown;
}

const TICK_IN_MS = 300_000;
const MINUTE_IN_MS = 60_000;
const ASKED: DoorCall = { correlationId: 'scenario', caller: 'operator', teller: console, runId: null };

/** Begins a scenario; `given` comes first. */
export function createScenario(cloud: ScenarioCloud, behaviour: Behaviour) {
  const { insights, storage } = cloud;
  const stage = createStage(cloud, behaviour);
  const { clock } = stage;
  const deeds: PeoplesDeeds = { repeatedPauses: [], exempt: new Set() };
  const at = (when: string): Moment => momentAt(stage, deeds, instantMs(when, clock.now()));
  const tickEvery = async (tickInMs: number, when: string) => {
    const untilMs = instantMs(when, clock.now());
    const nextMs = (Math.floor(clock.now() / tickInMs) + 1) * tickInMs;
    for (let atMs = nextMs; atMs <= untilMs; atMs += tickInMs) {
      await momentAt(stage, deeds, atMs).tick();
    }
  };
  const owned = async () => [...(await stage.ledgerNow()).ownerships.values()];

  return {
    ...expectationsOn(stage),
    /** What the ledger has of every report that is, or may be, ours. */
    owned,
    /** How this API treats `modifiedTime`. */
    behaviour,
    /** What there is before anything happens: an empty ledger, and these reports, windows and settings. */
    given: async (given: Given & Configuration) => {
      const nowMs = Date.parse(given.at ?? '2026-01-20T00:00:00Z');
      const policies = { pauseMovesModifiedTime: behaviour, ...given.policies };
      clock.reset(nowMs);
      storage.open();
      await cloud.emptyLedger();
      await insights.reset({ nowMs, policies, reports: seedOf(given.reports) });
      stage.configure(given);
    },
    /** An instant, `2026-03-28T22:00:00Z`, or a time of the scenario's present day in UTC, `22:05` or `22:05:30`. */
    at,
    /** Ticks every five minutes from the next one after now until `when`, that one included. */
    tickUntil: (when: string) => tickEvery(TICK_IN_MS, when),
    /** The same each minute, as the timer does where nobody has set it. */
    tickEachMinuteUntil: (when: string) => tickEvery(MINUTE_IN_MS, when),
    /** When the begins and ends of a window were acted on, as it is kept. */
    occurrencesOf: (window: string) => stage.occurrencesOf(window),
    /** What the service tells people when they ask. */
    ask: <T>(question: (service: Service, call: DoorCall) => Promise<T>): Promise<T> =>
      question(stage.service(), ASKED),
    /** The process ends and a new one starts, with the same settings. */
    restart: () => stage.configure({}),
    /** The next request of the service that fits meets this fault. */
    apiMeets: ({ on, onReport, ...fault }: FaultSketch) =>
      insights.addFault({
        clientId: SERVICE_CLIENT_ID,
        ...fault,
        ...(on === undefined ? {} : { reportId: reportIdOf(on) }),
        ...(onReport === undefined ? {} : { onReportId: reportIdOf(onReport) }),
      }),
    apiRecovers: () => insights.clearFaults(),
    apiBecomes: (policies: object) => insights.setPolicies(policies),
    /** The next sign-ins of a newly composed service are refused. */
    signInFails: (count: number) => cloud.identity.failNext(count, { kind: 'status', status: 403 }),
    /** The way to the ledger: `shut`, `open`, `shutAfterWrites`. */
    ledger: storage,
    /** Nobody can know who paused these: written down for users, and no fault of the product. */
    cannotBeKnown: (...letters: readonly string[]) => {
      for (const letter of letters) deeds.exempt.add(reportIdOf(letter));
    },
    /** What the events `ReportPaused` have said of the pauses that are ours now. */
    pausesTold: async (): Promise<readonly PauseRecord[]> =>
      (await owned()).flatMap((one) =>
        one.kind === 'paused' ? [{ reportId: one.reportId, pausedAtMs: one.sinceMs, kept: one.kept }] : [],
      ),
    /** The storage account is restored empty. */
    ledgerIsLost: async () => {
      await cloud.emptyLedger();
      stage.configure({});
    },
    now: clock.now,
    idOf: reportIdOf,
    letterOf,
    /** Whom the API takes the service for, as the `user` of a report. */
    serviceUser: SERVICE_CLIENT_ID,
    lastRun: stage.last,
    /** How many requests the service has sent to the API. */
    requestCount: async () => (await insights.requestsOfService()).length,
    statusOf: async (letter: string) => (await insights.report(reportIdOf(letter))).reportStatus,
    /** Whether the emulator's record says that the pause which the report is in was made by the service. */
    wasPausedByUs: async (letter: string) => {
      const changes = await insights.changes();
      const last = changes.findLast(({ reportId, to }) => reportId === reportIdOf(letter) && to === 'Paused');
      return last !== undefined && isByUs(last);
    },
    /** How often the service paused a report after one instant and before another. */
    pausesByUs: async (letter: string, fromMs: number, untilMs: number) => {
      const isMeant = (atMs: number) => fromMs < atMs && atMs < untilMs;
      const changes = (await insights.changes()).filter(isByUs);
      return changes.filter(
        ({ reportId, to, atUtc }) =>
          reportId === reportIdOf(letter) && to === 'Paused' && isMeant(Date.parse(atUtc)),
      ).length;
    },
    /** Ticks once more and lets the judge look. Called by the language at the end of every scenario. */
    beJudged: async () => {
      await momentAt(stage, deeds, clock.now() + TICK_IN_MS).tick();
      const verdict = await judgeStage(stage, deeds);
      expect(verdict.map((sentence) => sentence.replaceAll(/[0-9a-f-]{36}/g, letterOf))).toEqual([]);
    },
  };
}

async function judgeStage(stage: Stage, deeds: PeoplesDeeds): Promise<readonly string[]> {
  const { clock, cloud } = stage;
  const last = stage.last();
  const isAlarmed = last.problems.length > 0;
  const stand = last.events.map(({ reportId }) => reportId);
  const undone = last.results.filter((one) => isUndone(one, last.door)).map(({ reportId }) => reportId);
  const holds = isAlarmed ? [] : (await stage.ledgerNow()).holds.map(({ hold }) => hold);
  const reports = await cloud.insights.reports();
  return judge({
    ...deeds,
    isAlarmed,
    changes: await cloud.insights.changes(),
    statuses: new Map(reports.map((one) => [one.reportId, one.reportStatus])),
    held: new Set(holds.filter((hold) => isLiveAt(hold, clock.now())).map(({ reportId }) => reportId)),
    told: new Set([...stand, ...undone]),
  });
}
