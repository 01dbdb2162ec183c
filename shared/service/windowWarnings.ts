import { asLedgerError } from '../ledger/ledgerError.ts';
import type { Report } from '../model/report.ts';
import { runInSlices } from '../time/steps.ts';
import type { Window } from '../windows/window.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';
import { warnOfWindows } from '../windows/windowWarnings.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { readAccount, reportsSeen } from './readAccount.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';

/** To look at the reports of more accounts would outlast the request; their windows are held against times alone. */
const MAX_ACCOUNTS = 20;
const READ_LIMIT_IN_MS = 10_000;

/**
 * What is wrong with windows that could be read, as far as it shows before they begin: each account's windows are held
 * against its reports. An account that cannot be read is told, and its windows are held against the clock alone.
 */
export async function windowWarnings(
  parts: ServiceParts,
  windows: readonly Window[],
  call: Pick<DoorCall, 'correlationId' | 'runId'>,
): Promise<readonly WindowProblem[]> {
  const byAccount = Map.groupBy(
    windows.filter(({ enabled }) => enabled),
    ({ account }) => account,
  );
  const meant = parts.accounts.filter(({ account }) => byAccount.has(account.name));
  const inTime = { ...parts, runTimeBudgetInMs: Math.min(parts.runTimeBudgetInMs, READ_LIMIT_IN_MS) };
  const warnings = await Promise.all(
    meant.map(async (runtime, at) => {
      const { name, callsPerSecond } = runtime.account;
      const reports = at < MAX_ACCOUNTS ? await reportsOf(inTime, runtime, call) : null;
      const facts = { nowMs: parts.clock.now(), tickInMs: parts.tickInMs, callsPerSecond, reports };
      const ofWindows = await runInSlices(warnOfWindows(byAccount.get(name) ?? [], facts), parts.giveWay);
      return reports === null ? [...ofWindows, notCompared(name)] : ofWindows;
    }),
  );
  return warnings.flat();
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
