import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { LedgerOverview } from '../ledger/createLedger.ts';
import { asLedgerError } from '../ledger/ledgerError.ts';
import { type AccountSnapshot, emptySnapshot } from '../ledger/snapshot.ts';
import { runAccount } from '../running/runAccount.ts';
import { nextOccurrence, occurrenceAt } from '../windows/occurrences.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { DoorCall, ServiceParts } from './createService.ts';
import { makeRun, type Run, type RunProblem, type RunResult } from './run.ts';
import { type RunFrame, runContextOf, startFrame } from './runContextOf.ts';
import { tellRun } from './teller.ts';

interface Gathered {
  readonly results: RunResult[];
  readonly events: ReportEvent[];
  readonly problems: RunProblem[];
}

/**
 * Reconciles every account: computes what should be from now, the windows, the ledger and what the API shows. An
 * account with nothing to hold, nothing owned and no occurrence within a tick costs no API call. Leaves a heartbeat.
 */
export async function tick(parts: ServiceParts, call: DoorCall): Promise<Run> {
  const frame = startFrame(parts);
  const gathered: Gathered = { results: [], events: [], problems: windowProblems(parts) };
  try {
    const overview = await parts.ledger.overview();
    gathered.problems.push(...missingAccounts(parts, overview));
    for (const runtime of parts.accounts) {
      await tickAccount(parts, { runtime, overview, frame, call, gathered });
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
    frame: RunFrame;
    call: DoorCall;
    gathered: Gathered;
  },
): Promise<void> {
  const { runtime, overview, frame, call, gathered } = work;
  const { name } = runtime.account;
  if (isIdle(parts, runtime, overview.accounts.get(runtime.accountKey) ?? emptySnapshot)) {
    return;
  }
  try {
    const ran = await runAccount(runContextOf(parts, runtime, frame, call), null);
    if (ran.kind === 'ran') {
      gathered.results.push(...ran.results.map((result) => ({ ...result, account: name })));
      gathered.events.push(...ran.events);
    } else if (ran.kind === 'unreadable') {
      const { code, message } = ran.failure;
      gathered.problems.push({ code: 'reports_unreadable', account: name, message: `${code}: ${message}` });
    } else {
      gathered.problems.push({
        code: 'account_busy',
        account: name,
        message: 'another run holds this account',
      });
    }
  } catch (error) {
    gathered.problems.push(ledgerProblem(error, name));
  }
}

function isIdle(
  { windows, clock, tickInMs }: ServiceParts,
  { account }: AccountRuntime,
  snapshot: AccountSnapshot,
): boolean {
  const nowMs = clock.now();
  const isQuiet = windows.windows
    .filter((window) => window.account === account.name)
    .every((window) => {
      const next = nextOccurrence(window, nowMs);
      return occurrenceAt(window, nowMs) === null && (next === null || next.fromMs > nowMs + tickInMs);
    });
  return (
    isQuiet && snapshot.holds.length === 0 && snapshot.ownerships.size === 0 && snapshot.takeOvers.size === 0
  );
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

function windowProblems({ windows }: ServiceParts): RunProblem[] {
  return windows.problems
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
    call.teller.error(
      JSON.stringify({ event: 'HeartbeatFailed', runId: run.runId, ...ledgerProblem(error, null) }),
    );
  }
}
