import type { WindowState } from '../deciding/desiredHolds.ts';
import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { LedgerOverview } from '../ledger/createLedger.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import { emptySnapshot } from '../ledger/snapshot.ts';
import { runAccount } from '../running/runAccount.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import { isDailyLook, isIdle } from './idle.ts';
import { missedOccurrences } from './missedWindows.ts';
import type { ConfiguredWindows } from './readWindows.ts';
import { makeRun, type Run, type RunProblem, type RunResult } from './run.ts';
import { type RunFrame, runContextOf, startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { tellRun } from './teller.ts';
import { windowsForTick } from './windowsNow.ts';

interface Gathered {
  readonly results: RunResult[];
  readonly events: ReportEvent[];
  readonly problems: RunProblem[];
}

/** Rows of history that one tick drops at most. */
const MAX_PRUNED = 5_000;

/**
 * Reconciles every account: computes what should be from now, the windows, the ledger and what the API shows. An
 * account with nothing to hold, nothing owned and no occurrence within a tick costs no API call, but for one look a
 * day at what others paused. Leaves a heartbeat.
 */
export async function tick(parts: ServiceParts, call: DoorCall): Promise<Run> {
  const frame = startFrame(parts, call);
  const gathered: Gathered = { results: [], events: [], problems: [] };
  try {
    const overview = await parts.ledger.overview();
    const { windows, problems } = await windowsForTick(parts, overview);
    gathered.problems.push(...problems, ...windowProblems(windows), ...missingAccounts(parts, overview));
    gathered.events.push(...missedEvents(parts, overview, windows, frame.startedMs));
    if (isDailyLook(overview.heartbeat?.tickedAtMs ?? null, frame.startedMs)) {
      await parts.cleanUp(frame.startedMs);
    }
    for (const runtime of parts.accounts) {
      await tickAccount(parts, { runtime, overview, frame: { ...frame, windows }, call, gathered });
    }
  } catch (error) {
    gathered.problems.push(ledgerProblem(error, null));
  }
  const run = makeRun({
    ...gathered,
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

async function tickAccount(
  parts: ServiceParts,
  work: {
    runtime: AccountRuntime;
    overview: LedgerOverview;
    frame: RunFrame & { readonly windows: ConfiguredWindows };
    call: DoorCall;
    gathered: Gathered;
  },
): Promise<void> {
  const { runtime, overview, frame, call, gathered } = work;
  const { account, accountKey } = runtime;
  const snapshot = overview.accounts.get(accountKey) ?? emptySnapshot;
  const windows = frame.windows.windows.filter((window) => window.account === account.name);
  const isDaily = isDailyLook(overview.heartbeat?.tickedAtMs ?? null, frame.startedMs);
  if (!isDaily && isIdle({ windows, snapshot, nowMs: frame.startedMs, tickInMs: parts.tickInMs })) {
    return;
  }
  try {
    if (isDaily) {
      await parts.ledger.prune(accountKey, MAX_PRUNED);
    }
    const ran = await runAccount(runContextOf(parts, runtime, frame, call), null);
    if (ran.kind === 'ran') {
      gathered.results.push(...ran.results.map((result) => ({ ...result, account: account.name })));
      gathered.events.push(...ran.events);
      gathered.problems.push(...overLimitProblems(ran.decided.windowStates, account.name));
      if (ran.failure !== null) {
        gathered.problems.push(ledgerProblem(ran.failure, account.name));
      }
    } else if (ran.kind === 'unreadable') {
      const { code, message } = ran.failure;
      gathered.problems.push({
        code: 'reports_unreadable',
        account: account.name,
        message: `${code}: ${message}`,
      });
    } else {
      const message = 'another run holds this account, and acts for it';
      gathered.problems.push({ code: 'account_busy', account: account.name, message });
    }
    if (parts.mode === 'off' && snapshot.ownerships.size > 0) {
      const message = `MODE is off, and ${snapshot.ownerships.size} reports are paused by us`;
      gathered.problems.push({ code: 'owned_while_off', account: account.name, message });
    }
  } catch (error) {
    gathered.problems.push(ledgerProblem(error, account.name));
  }
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

/** What is owned under an account that the settings no longer name is never forgotten. */
function missingAccounts(parts: ServiceParts, overview: LedgerOverview): readonly RunProblem[] {
  const known = new Set(parts.accounts.map(({ accountKey }) => accountKey));
  return [...overview.accounts]
    .filter(([accountKey, { ownerships }]) => !known.has(accountKey) && ownerships.size > 0)
    .map(([accountKey, { ownerships }]) => ({
      code: 'account_missing',
      account: null,
      message: `${ownerships.size} reports of ${accountKey} are paused by us, and no account of the settings is theirs; bring the account back`,
    }));
}

/** A window that no tick saw paused nothing: told, never made up for. */
function missedEvents(
  parts: ServiceParts,
  overview: LedgerOverview,
  { windows }: ConfiguredWindows,
  nowMs: number,
): readonly ReportEvent[] {
  if (overview.heartbeat === null || parts.mode === 'off') {
    return [];
  }
  return missedOccurrences(windows, overview.heartbeat.tickedAtMs, nowMs).map(
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

function ledgerProblem(error: unknown, account: string | null): RunProblem {
  const { code, message } = asLedgerError(error);
  return { code: code === 'ledger_unreadable' ? code : 'ledger_unavailable', account, message };
}

async function beat(parts: ServiceParts, run: Run, call: DoorCall): Promise<void> {
  try {
    await parts.ledger.beat({ tickedAtMs: parts.clock.now(), status: run.status });
  } catch (error) {
    const problem = ledgerProblem(error, null);
    call.teller.error(JSON.stringify({ event: 'HeartbeatFailed', runId: run.runId, ...problem }));
  }
}
