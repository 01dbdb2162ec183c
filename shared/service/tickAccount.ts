import type { WindowState } from '../deciding/desiredHolds.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import { runAccount } from '../running/runAccount.ts';
import { SIGN_IN_CODES } from '../signIn/signInFailure.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { keepSignIn } from './keepSignIn.ts';
import type { ConfiguredWindows } from './readWindows.ts';
import type { RunProblem, RunResult } from './run.ts';
import { type RunFrame, runContextOf } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';

/** What a tick did on one account. */
export interface TickedAccount {
  readonly results: readonly RunResult[];
  readonly events: readonly ReportEvent[];
  readonly problems: readonly RunProblem[];
}

/** Rows of history that one tick drops at most. */
const MAX_PRUNED = 5_000;

/** Reconciles one account. Never throws: what stands in the way is a problem. */
export async function tickAccount(
  parts: ServiceParts,
  work: {
    readonly runtime: AccountRuntime;
    readonly frame: RunFrame & { readonly windows: ConfiguredWindows };
    readonly call: DoorCall;
    readonly isDaily: boolean;
  },
): Promise<TickedAccount> {
  const { runtime, frame, call, isDaily } = work;
  const { accountKey } = runtime;
  const account = runtime.account.name;
  const problem = (code: string, message: string): TickedAccount => ({
    ...{ results: [], events: [], problems: [{ code, account, message }] },
  });
  try {
    if (isDaily) {
      await parts.ledger.prune(accountKey, MAX_PRUNED);
    }
    const ran = await runAccount(runContextOf(parts, runtime, frame, call), null);
    await keepSignIn(parts, { runtime, call, isDaily });
    switch (ran.kind) {
      case 'busy':
        return problem('account_busy', 'another run holds this account, and acts for it');
      case 'unreadable':
        return unreadable(ran.failure, account);
      case 'ran':
        return {
          results: ran.results.map((result) => ({ ...result, account })),
          events: ran.events,
          problems: [
            ...overLimitProblems(ran.decided.windowStates, account),
            ...(ran.failure === null ? [] : [ledgerProblem(ran.failure, account)]),
          ],
        };
    }
  } catch (error) {
    return { results: [], events: [], problems: [ledgerProblem(error, account)] };
  }
}

/** Where it was the sign-in that failed, that is a problem of its own too: it has a code that says what to do. */
function unreadable({ code, message }: InsightsFailure, account: string): TickedAccount {
  const problem = { code: 'reports_unreadable', account, message: `${code}: ${message}` };
  const isSignIn = SIGN_IN_CODES.some((one) => one === code);
  return {
    ...{ results: [], events: [] },
    problems: isSignIn ? [problem, { code, account, message }] : [problem],
  };
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
