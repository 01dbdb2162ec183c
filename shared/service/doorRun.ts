import { asLedgerError } from '../ledger/ledgerError.ts';
import type { RunDoor } from '../running/reportResult.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { DoorRun } from './actForDoor.ts';
import { keepRun } from './keepRun.ts';
import { makeRun, type Run, type RunProblem } from './run.ts';
import type { RunFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { tellRun } from './teller.ts';
import { whoAsked } from './whoAsked.ts';

/** Runs a door's work on its account and makes the run of it, obstacles included. The account is one of the settings'. */
export async function doorRun(
  parts: ServiceParts,
  door: {
    readonly door: Exclude<RunDoor, 'tick'>;
    readonly account: string;
    readonly call: DoorCall;
    readonly frame: RunFrame;
    /** In the words of who asked; empty where nobody gave a reason. */
    readonly why: string;
    /** Nothing is done: its caller alone is told. */
    readonly isDry?: boolean;
  },
  work: (runtime: AccountRuntime) => Promise<DoorRun>,
): Promise<Run> {
  const { account, call, frame, isDry = false } = door;
  const runtime = parts.accounts.find((one) => one.account.name === account);
  const done = runtime === undefined ? unknownAccount(account) : await guarded(() => work(runtime));
  const problems: RunProblem[] = done.obstacle === null ? [] : [{ ...done.obstacle, account }];
  const run = makeRun({
    runId: frame.runId,
    correlationId: call.correlationId,
    door: door.door,
    startedUtc: new Date(frame.startedMs).toISOString(),
    durationInMs: parts.clock.now() - frame.startedMs,
    problems,
    results: done.results.map((result) => ({ ...result, account })),
    events: done.events,
    ...(isDry ? { dryRun: true } : {}),
  });
  if (!isDry) {
    tellRun(call.teller, run);
    // What a request is kept for is listed as that.
    if (call.runId === null) {
      await keepRun(parts, call, run, { who: whoAsked(call), why: door.why, accounts: [account] });
    }
  }
  return run;
}

async function guarded(work: () => Promise<DoorRun>): Promise<DoorRun> {
  try {
    return await work();
  } catch (error) {
    const { code, message } = asLedgerError(error);
    return {
      results: [],
      ran: null,
      events: [],
      obstacle: { code: code === 'ledger_unreadable' ? code : 'ledger_unavailable', message },
    };
  }
}

function unknownAccount(account: string): DoorRun {
  return {
    results: [],
    ran: null,
    events: [],
    obstacle: { code: 'unknown_account', message: `no account "${account}" is configured` },
  };
}
