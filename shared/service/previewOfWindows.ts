import { asLedgerError } from '../ledger/ledgerError.ts';
import type { Report } from '../model/report.ts';
import { runInSlices } from '../time/steps.ts';
import { previewWindows, type WindowPreview } from '../windows/previewWindows.ts';
import type { Window } from '../windows/window.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { readAccount, reportsSeen } from './readAccount.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';

/** To look at the reports of more accounts would outlast the request; their windows are held against times alone. */
const MAX_ACCOUNTS = 20;
const READ_LIMIT_IN_MS = 10_000;

/** The windows as they show before they begin, and the accounts whose reports they could not be held against. */
export interface WindowPreviews {
  readonly previews: readonly WindowPreview[];
  /** What is wrong with all of them, and which accounts were not read. */
  readonly problems: readonly WindowProblem[];
}

/**
 * Holds each account's windows against its reports. An account that cannot be read is told, and its windows are held against
 * the clock alone.
 */
export async function previewOfWindows(
  parts: ServiceParts,
  windows: readonly Window[],
  call: Pick<DoorCall, 'correlationId' | 'runId'>,
): Promise<WindowPreviews> {
  const byAccount = Map.groupBy(windows, ({ account }) => account);
  const meant = parts.accounts.filter(({ account }) => byAccount.has(account.name));
  const inTime = { ...parts, runTimeBudgetInMs: Math.min(parts.runTimeBudgetInMs, READ_LIMIT_IN_MS) };
  const ofAccounts = await Promise.all(
    meant.map(async (runtime, at) => {
      const { name, callsPerSecond } = runtime.account;
      const reports = at < MAX_ACCOUNTS ? await reportsOf(inTime, runtime, call) : null;
      const facts = { nowMs: parts.clock.now(), tickInMs: parts.tickInMs, callsPerSecond, reports };
      const previews = await runInSlices(previewWindows(byAccount.get(name) ?? [], facts), parts.giveWay);
      return { previews, problems: reports === null ? [notCompared(name)] : [] };
    }),
  );
  const previews = ofAccounts.flatMap((one) => one.previews);
  return {
    previews,
    problems: [...previews, ...ofAccounts].flatMap(({ problems }) => problems),
  };
}

async function reportsOf(
  parts: ServiceParts,
  runtime: AccountRuntime,
  call: Pick<DoorCall, 'correlationId' | 'runId'>,
): Promise<readonly Report[] | null> {
  try {
    const view = await readAccount(parts, runtime, call);
    return view.ok ? reportsSeen(view.observations) : null;
  } catch (error) {
    asLedgerError(error);
    return null;
  }
}

function notCompared(account: string): WindowProblem {
  return {
    ...{ window: null, pointer: '', code: 'reports_not_compared', severity: 'warning' },
    message: `The reports of account ${account} were not read, so its windows were not held against them. GET /api/plan?account=${account} does it, or says why it cannot.`,
  };
}
