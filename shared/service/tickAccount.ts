import type { WindowState } from '../deciding/desiredHolds.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import type { LookFailure } from '../model/lastLook.ts';
import { goneOn, isUnfinished } from '../running/goneOn.ts';
import { type AccountRun, runAccount } from '../running/runAccount.ts';
import type { RunContext } from '../running/runContext.ts';
import { isSignInFailure } from '../signIn/signInFailure.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { failureOf, notWritten } from './actForDoor.ts';
import { keepSignIn } from './keepSignIn.ts';
import type { RunProblem, RunResult } from './run.ts';
import { type RunFrame, runContextOf } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { shareSeen } from './shareSeen.ts';

/** What a tick did on one account. */
export interface TickedAccount {
  readonly results: readonly RunResult[];
  readonly events: readonly ReportEvent[];
  readonly problems: readonly RunProblem[];
}

/** Rows of history that the daily look drops at most: more than a night with ten thousand reports writes. */
const MAX_PRUNED = 50_000;

/** Reconciles one account. Never throws: what stands in the way is a problem. */
export async function tickAccount(
  parts: ServiceParts,
  work: {
    readonly runtime: AccountRuntime;
    readonly frame: RunFrame;
    readonly call: DoorCall;
    readonly isDaily: boolean;
    /** When the tick before this one began; null before the first. */
    readonly lastTickMs: number | null;
    /** How long it waits for its turn, where that is not for the tick to say. */
    readonly waitsInMs?: number;
  },
): Promise<TickedAccount> {
  const { runtime, frame, call, isDaily } = work;
  const { accountKey } = runtime;
  const account = runtime.account.name;
  try {
    const ran = await runToItsEnd(parts, runContextOf(parts, runtime, frame, call, work));
    await shareSeen(parts, runtime, ran);
    await keepSignIn(parts, { runtime, call, isDaily });
    const ofRequests = await seeToRequests(parts, runtime);
    const unpruned = isDaily
      ? await failureOf(async () => void (await parts.ledger.prune(accountKey, MAX_PRUNED)))
      : null;
    const ticked = asTicked(ran, { account, nowMs: parts.clock.now(), tickInMs: parts.tickInMs });
    const ofPruning = unpruned === null ? [] : [ledgerProblem(unpruned, account)];
    return { ...ticked, problems: [...ticked.problems, ...ofRequests, ...ofPruning] };
  } catch (error) {
    return { results: [], events: [], problems: [ledgerProblem(error, account)] };
  }
}

/** Asks again for requests of the account that nobody is on. Never throws. */
export async function seeToRequests(
  parts: ServiceParts,
  { account, accountKey }: AccountRuntime,
): Promise<readonly RunProblem[]> {
  const failure = await failureOf(() => parts.goOnWithRequests(accountKey));
  return failure === null ? [] : [ledgerProblem(failure, account.name)];
}

/** With less time than this left, the rest is the next tick's. */
const MIN_TIME_IN_MS = 15_000;

/** Reads and decides anew each period, for as long as there is something left to do and time for it. */
async function runToItsEnd({ clock }: ServiceParts, run: RunContext): Promise<AccountRun> {
  let ran = await runAccount(run, null);
  while (ran.kind === 'ran' && isUnfinished(ran) && clock.now() + MIN_TIME_IN_MS < run.deadlineMs) {
    ran = goneOn(ran, await runAccount(run, null));
  }
  return ran;
}

/** So many ticks may pass until a full run has looked at an account with something due. */
const MAX_TICKS = 2;

function asTicked(
  ran: AccountRun,
  {
    account,
    nowMs,
    tickInMs,
  }: { readonly account: string; readonly nowMs: number; readonly tickInMs: number },
): TickedAccount {
  switch (ran.kind) {
    case 'busy':
      return { results: [], events: [], problems: [busy(ran.waitedSinceMs, { account, nowMs, tickInMs })] };
    case 'unreadable':
      return unreadable(ran.failure, account);
    case 'ran':
      return {
        results: ran.results.map((result) => ({ ...result, account })),
        events: ran.events,
        problems: [
          ...(ran.listFailure === null ? [] : unreadable(ran.listFailure, account).problems),
          ...overLimitProblems(ran.decided.windowStates, account),
          ...(ran.failure === null ? [] : [{ ...notWritten(ran.failure), account }]),
        ],
      };
  }
}

function busy(
  waitedSinceMs: number | null,
  {
    account,
    nowMs,
    tickInMs,
  }: { readonly account: string; readonly nowMs: number; readonly tickInMs: number },
): RunProblem {
  if (waitedSinceMs === null || nowMs - waitedSinceMs < MAX_TICKS * tickInMs) {
    return { code: 'account_busy', account, message: 'another run holds this account, and acts for it' };
  }
  const since = new Date(waitedSinceMs).toISOString();
  const message = `something is due on this account, and since ${since} no tick had its turn: what is due is not begun`;
  return { code: 'account_starved', account, message };
}

/** Where it was the sign-in that failed, that is a problem of its own too: it has a code that says what to do. */
function unreadable({ code, message }: LookFailure, account: string): TickedAccount {
  const problem: RunProblem = { code: 'reports_unreadable', account, message: `${code}: ${message}` };
  return {
    ...{ results: [], events: [] },
    problems: isSignInFailure(code) ? [problem, { code, account, message }] : [problem],
  };
}

/** An account that is not looked at yet, because the last look failed: until the next one that is still so. */
export function failedBefore({ code, message }: LookFailure, account: string): readonly RunProblem[] {
  return unreadable({ code, message: `${message} (at the last look; tried again soon)` }, account).problems;
}

/** What the storage refused, as a problem of the account, or of the app where that is null. */
export function ledgerProblem(error: unknown, account: string | null): RunProblem {
  const { code, message } = asLedgerError(error);
  return { code: code === 'ledger_unreadable' ? code : 'ledger_unavailable', account, message };
}

/** A window that selects more than it may pauses nothing new: that must not look like success. */
function overLimitProblems(states: readonly WindowState[], account: string): readonly RunProblem[] {
  return states
    .filter(({ overLimit, occurrence }) => overLimit && occurrence !== null)
    .map(({ window, selectedCount }) => ({
      code: 'window_over_limit',
      account,
      message: `window ${window.name} selects ${selectedCount} reports and may pause ${window.maxReports}: it pauses none`,
    }));
}
