import type { ReportEvent } from '../deciding/reportEvent.ts';
import { type AccountBrief, emptyBrief, type LedgerSurvey } from '../ledger/survey.ts';
import { periodInMs } from '../model/lastLook.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import { runInSlices } from '../time/steps.ts';
import { asSaid } from '../windows/asSaid.ts';
import { leavingOut } from '../windows/exemptions.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { failureOf } from './actForDoor.ts';
import type { LateDriver } from './drivers.ts';
import { type Due, dueInSteps, isDailyLook } from './due.ts';
import { keepRun } from './keepRun.ts';
import { keepSignIns } from './keepSignIn.ts';
import { keepMissed, missedEvent, missedWindows } from './missedSinceTick.ts';
import { missingAccounts, ownedWhileOff } from './ownedElsewhere.ts';
import type { ConfiguredWindows } from './readWindows.ts';
import { makeRun, type Run, type RunProblem } from './run.ts';
import { type RunFrame, startFrame } from './runContextOf.ts';
import { accountsOf, didSomething } from './runHistory.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { tellRun } from './teller.ts';
import {
  failedBefore,
  ledgerProblem,
  seeToRequests,
  type TickedAccount,
  tickAccount,
} from './tickAccount.ts';
import { whoAsked } from './whoAsked.ts';
import { windowsForTick } from './windowsNow.ts';

/** What a tick did, and how many accounts it left to drivers. */
interface Ticked extends TickedAccount {
  readonly leftToDrivers: number;
  /** Those of the accounts that were looked at now, and not of earlier looks. */
  readonly problemsOfLooks: readonly RunProblem[];
}

interface TickWork {
  readonly frame: RunFrame;
  readonly windows: ConfiguredWindows;
  readonly call: DoorCall;
  readonly isDaily: boolean;
  /** When the tick before this one began; null before the first. */
  readonly lastTickMs: number | null;
}

/** One account, what the ledger has of it, and what is to be done. */
interface Surveyed {
  readonly runtime: AccountRuntime;
  readonly brief: AccountBrief;
  readonly due: Due;
}

/** A timer may fire a little before its time: what begins at that time would wait for the next one. */
const FIRES_EARLY_BY_MS = 1_000;

/** What the timer does: reconciles the accounts on which something is due. */
export async function tick(parts: ServiceParts, call: DoorCall): Promise<Run> {
  const nowMs = parts.clock.now();
  const earlyByMs = parts.nextTickMs(nowMs) - nowMs;
  if (earlyByMs <= FIRES_EARLY_BY_MS) {
    await parts.clock.sleep(earlyByMs, parts.shutdown);
  }
  return reconcile(parts, call, false);
}

/** The same for a person who asks for it: each account that has anything to look after is looked at now. */
export function tickByHand(parts: ServiceParts, call: DoorCall): Promise<Run> {
  return reconcile(parts, call, true);
}

/**
 * Computes on each account what should be from now, the windows, the ledger and what the API shows. An account on which nothing
 * is due costs no API call; each has one look a day at what others paused. A few accounts are worked on here, more are each left
 * to a driver. Leaves a heartbeat.
 */
async function reconcile(parts: ServiceParts, call: DoorCall, isByHand: boolean): Promise<Run> {
  const frame = startFrame(parts, call);
  const { leftToDrivers, problemsOfLooks, ...ticked } = await tickAll(parts, { frame, call, isByHand });
  const run = makeRun({
    ...ticked,
    ...(leftToDrivers === 0 ? {} : { leftToDrivers }),
    runId: frame.runId,
    correlationId: call.correlationId,
    door: 'tick',
    startedUtc: new Date(frame.startedMs).toISOString(),
    durationInMs: parts.clock.now() - frame.startedMs,
  });
  // Told first: what passed before the heartbeat is not seen by the next tick.
  tellRun(call.teller, run);
  await beat(parts, run, { call, tickedAtMs: frame.startedMs });
  if (isByHand || didSomething(run, problemsOfLooks)) {
    await keepRun(parts, call, run, { who: whoAsked(call), why: '', accounts: accountsOf(run) });
  }
  return run;
}

async function tickAll(
  parts: ServiceParts,
  { frame, call, isByHand }: Pick<TickWork, 'frame' | 'call'> & { readonly isByHand: boolean },
): Promise<Ticked> {
  const events: ReportEvent[] = [];
  const problems: RunProblem[] = [];
  try {
    const survey = await parts.ledger.survey(parts.accounts.map(({ accountKey }) => accountKey));
    const now = await windowsForTick(parts, survey);
    problems.push(...now.problems, ...windowProblems(now.windows), ...(await missingAccounts(parts, survey)));
    const missed = await missedWindows(parts, survey, now.windows, frame.startedMs);
    events.push(...missed.map(missedEvent));
    await keepMissed(parts, call, frame, missed);
    const lastTickMs = survey.heartbeat?.tickedAtMs ?? null;
    const isDaily = isDailyLook(lastTickMs, frame.startedMs);
    const work = { frame, windows: now.windows, call, isDaily, lastTickMs };
    if (parts.mode === 'off') {
      problems.push(...(await ownedWhileOff(parts, survey)));
      if (isDaily) {
        await keepSignIns(parts, call);
      }
    } else {
      const surveyed = await surveyedAccounts(parts, survey, { ...work, isByHand });
      const isDue = ({ due }: Surveyed) => due.kind === 'look';
      const looked = surveyed.filter(isDue).map(({ runtime }) => runtime);
      const [ticked, left] = await Promise.all([
        tickAccounts(parts, looked, work),
        seeToQuiet(
          parts,
          surveyed.filter((one) => !isDue(one)),
        ),
      ]);
      problems.push(...ticked.problems, ...left, ...(isDaily ? await cleanedUp(parts, frame) : []));
      return { ...ticked, problemsOfLooks: ticked.problems, events: [...events, ...ticked.events], problems };
    }
    problems.push(...(isDaily ? await cleanedUp(parts, frame) : []));
  } catch (error) {
    problems.push(ledgerProblem(error, null));
  }
  return { results: [], events, problems, problemsOfLooks: [], leftToDrivers: 0 };
}

/** After all that is due: what the storage refuses here, or takes long for, keeps no window from beginning. */
async function cleanedUp({ cleanUp }: ServiceParts, { startedMs }: RunFrame): Promise<readonly RunProblem[]> {
  const failure = await failureOf(() => cleanUp(startedMs));
  return failure === null ? [] : [ledgerProblem(failure, null)];
}

async function surveyedAccounts(
  { accounts, mode, giveWay }: ServiceParts,
  survey: LedgerSurvey,
  { frame, windows, isDaily, isByHand }: TickWork & { readonly isByHand: boolean },
): Promise<readonly Surveyed[]> {
  const byAccount = Map.groupBy(windows.windows, ({ account }) => account);
  const surveyed: Surveyed[] = [];
  for (const runtime of accounts) {
    const brief = survey.accounts.get(runtime.accountKey) ?? emptyBrief;
    const nowMs = frame.startedMs;
    const said = asSaid(byAccount.get(runtime.account.name) ?? [], brief.saidEnds);
    const own = { ...windows, windows: leavingOut(said, brief.exemptions, nowMs) };
    const known = { mode, windows: own, brief, nowMs, isDaily, isByHand };
    surveyed.push({ runtime, brief, due: await runInSlices(dueInSteps(known), giveWay) });
  }
  return surveyed;
}

/** Accounts whose requests are asked about at once. */
const ACCOUNTS_AT_ONCE = 16;

/** Accounts that are not looked at: their requests are seen to, and what stood in the way of the last look still does. */
async function seeToQuiet(parts: ServiceParts, quiet: readonly Surveyed[]): Promise<readonly RunProblem[]> {
  const problems = quiet.flatMap(({ runtime, due }) =>
    due.kind === 'quiet' && due.failure !== null ? failedBefore(due.failure, runtime.account.name) : [],
  );
  const asking = quiet.filter(({ brief }) => brief.openRequests > 0);
  await forEachConcurrently(asking, ACCOUNTS_AT_ONCE, async ({ runtime }) => {
    problems.push(...(await seeToRequests(parts, runtime)));
  });
  return problems;
}

async function tickAccounts(
  parts: ServiceParts,
  due: readonly AccountRuntime[],
  { frame, call, isDaily, lastTickMs }: TickWork,
): Promise<Omit<Ticked, 'problemsOfLooks'>> {
  if (due.length <= parts.maxAccountsInline) {
    // At once, so that none uses up the time of the others.
    const ticked = await Promise.all(
      due.map((runtime) => tickAccount(parts, { runtime, frame, call, isDaily, lastTickMs })),
    );
    return {
      results: ticked.flatMap(({ results }) => results),
      events: ticked.flatMap(({ events }) => events),
      problems: ticked.flatMap(({ problems }) => problems),
      leftToDrivers: 0,
    };
  }
  const { correlationId } = call;
  const { late } = await parts.drivers.ask(
    due.map(({ account, accountKey }) => ({ account: account.name, accountKey })),
    {
      ...{ correlationId, nowMs: frame.startedMs, isDaily, lastTickMs },
      periodInMs: periodInMs(parts.tickInMs),
    },
  );
  return { results: [], events: [], problems: late.map(lateProblem), leftToDrivers: due.length };
}

function lateProblem({ account, sinceMs }: LateDriver): RunProblem {
  const message = `nothing was done on this account since ${new Date(sinceMs).toISOString()}: no driver came to it, or none had its turn`;
  return { code: 'driver_late', account, message };
}

function windowProblems({ problems }: ConfiguredWindows): readonly RunProblem[] {
  return problems
    .filter(({ severity }) => severity === 'error')
    .map(({ window, pointer, message }) => ({
      code: 'windows_invalid',
      account: null,
      message: `${window ?? 'a window'} ${pointer}: ${message}`,
    }));
}

async function beat(
  parts: ServiceParts,
  run: Run,
  { call, tickedAtMs }: { readonly call: DoorCall; readonly tickedAtMs: number },
): Promise<void> {
  try {
    await parts.ledger.beat({ tickedAtMs, status: run.status });
  } catch (error) {
    const problem = ledgerProblem(error, null);
    call.teller.error(JSON.stringify({ event: 'HeartbeatFailed', runId: run.runId, ...problem }));
    const { runId, correlationId } = run;
    const { code, message: detail } = problem;
    call.teller.telemetry?.event('HeartbeatFailed', { runId, correlationId, code, detail });
  }
}
