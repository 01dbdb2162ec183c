import type { ReportEvent } from '../deciding/reportEvent.ts';
import { emptyBrief, type LedgerSurvey } from '../ledger/survey.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { LateDriver } from './drivers.ts';
import { isDailyLook, isIdle } from './idle.ts';
import { keepSignIns } from './keepSignIn.ts';
import { missedOccurrences } from './missedWindows.ts';
import type { ConfiguredWindows } from './readWindows.ts';
import { makeRun, type Run, type RunProblem } from './run.ts';
import { type RunFrame, startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { tellRun } from './teller.ts';
import { ledgerProblem, type TickedAccount, tickAccount } from './tickAccount.ts';
import { windowsForTick } from './windowsNow.ts';

/** What a tick did, and how many accounts it left to drivers. */
interface Ticked extends TickedAccount {
  readonly leftToDrivers: number;
}

interface TickWork {
  readonly frame: RunFrame & { readonly windows: ConfiguredWindows };
  readonly call: DoorCall;
  readonly isDaily: boolean;
}

/**
 * Reconciles every account: computes what should be from now, the windows, the ledger and what the API shows. An
 * account with nothing to hold, nothing owned and no occurrence within a tick costs no API call, but for one look a
 * day at what others paused. A few accounts are worked on here, more are each left to a driver. Leaves a heartbeat.
 */
export async function tick(parts: ServiceParts, call: DoorCall): Promise<Run> {
  const frame = startFrame(parts, call);
  const { leftToDrivers, ...ticked } = await tickAll(parts, frame, call);
  const run = makeRun({
    ...ticked,
    ...(leftToDrivers === 0 ? {} : { leftToDrivers }),
    runId: frame.runId,
    correlationId: call.correlationId,
    door: 'tick',
    startedUtc: new Date(frame.startedMs).toISOString(),
    durationInMs: parts.clock.now() - frame.startedMs,
  });
  await beat(parts, run, call);
  tellRun(call.teller, run);
  return run;
}

async function tickAll(parts: ServiceParts, frame: RunFrame, call: DoorCall): Promise<Ticked> {
  const events: ReportEvent[] = [];
  const problems: RunProblem[] = [];
  try {
    const survey = await parts.ledger.survey(parts.accounts.map(({ accountKey }) => accountKey));
    const now = await windowsForTick(parts, survey);
    problems.push(...now.problems, ...windowProblems(now.windows), ...missingAccounts(parts, survey));
    events.push(...missedEvents(parts, survey, now.windows, frame.startedMs));
    const isDaily = isDailyLook(survey.heartbeat?.tickedAtMs ?? null, frame.startedMs);
    if (isDaily) {
      await parts.cleanUp(frame.startedMs);
    }
    const work = { frame: { ...frame, windows: now.windows }, call, isDaily };
    if (parts.mode === 'off') {
      problems.push(...ownedWhileOff(parts, survey));
      if (isDaily) {
        await keepSignIns(parts, call);
      }
    } else {
      const ticked = await tickAccounts(parts, dueAccounts(parts, survey, work), work);
      return {
        ...ticked,
        events: [...events, ...ticked.events],
        problems: [...problems, ...ticked.problems],
      };
    }
  } catch (error) {
    problems.push(ledgerProblem(error, null));
  }
  return { results: [], events, problems, leftToDrivers: 0 };
}

function dueAccounts(
  parts: ServiceParts,
  survey: LedgerSurvey,
  { frame, isDaily }: TickWork,
): readonly AccountRuntime[] {
  const byAccount = Map.groupBy(frame.windows.windows, ({ account }) => account);
  const isDue = ({ account, accountKey }: AccountRuntime) =>
    !isIdle({
      windows: byAccount.get(account.name) ?? [],
      brief: survey.accounts.get(accountKey) ?? emptyBrief,
      nowMs: frame.startedMs,
      tickInMs: parts.tickInMs,
    });
  return isDaily ? parts.accounts : parts.accounts.filter(isDue);
}

async function tickAccounts(
  parts: ServiceParts,
  due: readonly AccountRuntime[],
  { frame, call, isDaily }: TickWork,
): Promise<Ticked> {
  if (due.length <= parts.maxAccountsInline) {
    // At once, so that none uses up the time of the others.
    const ticked = await Promise.all(
      due.map((runtime) => tickAccount(parts, { runtime, frame, call, isDaily })),
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
    { correlationId, nowMs: frame.startedMs, tickInMs: parts.tickInMs, isDaily },
  );
  return { results: [], events: [], problems: late.map(lateProblem), leftToDrivers: due.length };
}

function lateProblem({ account, sinceMs }: LateDriver): RunProblem {
  const message = `nothing was done on this account since ${new Date(sinceMs).toISOString()}: no driver came to it`;
  return { code: 'driver_late', account, message };
}

function ownedWhileOff(parts: ServiceParts, survey: LedgerSurvey): readonly RunProblem[] {
  return parts.accounts.flatMap(({ account, accountKey }) => {
    const { owned } = survey.accounts.get(accountKey) ?? emptyBrief;
    const message = `MODE is off, and ${owned} reports are paused by us`;
    return owned === 0 ? [] : [{ code: 'owned_while_off', account: account.name, message }];
  });
}

/** What is owned under an account that the settings no longer name is never forgotten. */
function missingAccounts(parts: ServiceParts, survey: LedgerSurvey): readonly RunProblem[] {
  const known = new Set(parts.accounts.map(({ accountKey }) => accountKey));
  return [...survey.accounts]
    .filter(([accountKey, { owned }]) => !known.has(accountKey) && owned > 0)
    .map(([accountKey, { owned }]) => ({
      code: 'account_missing',
      account: null,
      message: `${owned} reports of ${accountKey} are paused by us, and no account of the settings is theirs; bring the account back`,
    }));
}

/** A window that no tick saw paused nothing: told, never made up for. */
function missedEvents(
  parts: ServiceParts,
  survey: LedgerSurvey,
  { windows }: ConfiguredWindows,
  nowMs: number,
): readonly ReportEvent[] {
  if (survey.heartbeat === null || parts.mode === 'off') {
    return [];
  }
  return missedOccurrences(windows, survey.heartbeat.tickedAtMs, nowMs).map(
    ({ window, fromMs, untilMs }) => ({
      name: 'WindowMissed',
      reportId: '',
      reportName: '',
      detail: `window ${window} from ${new Date(fromMs).toISOString()} to ${new Date(untilMs).toISOString()} passed without a tick`,
    }),
  );
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

async function beat(parts: ServiceParts, run: Run, call: DoorCall): Promise<void> {
  try {
    await parts.ledger.beat({ tickedAtMs: parts.clock.now(), status: run.status });
  } catch (error) {
    const problem = ledgerProblem(error, null);
    call.teller.error(JSON.stringify({ event: 'HeartbeatFailed', runId: run.runId, ...problem }));
    const { runId, correlationId } = run;
    const { code, message: detail } = problem;
    call.teller.telemetry?.event('HeartbeatFailed', { runId, correlationId, code, detail });
  }
}
