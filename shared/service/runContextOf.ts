import { periodInMs } from '../model/lastLook.ts';
import { newRunId } from '../running/runAccount.ts';
import type { RunContext } from '../running/runContext.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';
import { windowsForDoor, windowsOfAccount } from './windowsNow.ts';

/** One run's frame: its id, when it began, when it must end. */
export interface RunFrame {
  readonly runId: string;
  readonly startedMs: number;
  readonly deadlineMs: number;
}

/** Frames a run that begins now. */
export function startFrame(parts: ServiceParts, call: Pick<DoorCall, 'runId'>): RunFrame {
  const startedMs = parts.clock.now();
  return { runId: call.runId ?? newRunId(), startedMs, deadlineMs: startedMs + parts.runTimeBudgetInMs };
}

/** Longer than the lease of a killed process and its margin. */
const WAITS_AT_MOST_MS = 75_000;

/** What only a tick's run has. */
interface OfTick {
  /** How long it waits for its turn; 0 comes again by itself. */
  readonly waitsInMs?: number;
  readonly lastTickMs: number | null;
}

/** What the run works with on one account: only the windows that are this account's, read when it holds the account. */
export function runContextOf(
  parts: ServiceParts,
  { account, accountKey, client, gate, onExchange }: AccountRuntime,
  frame: RunFrame,
  call: DoorCall,
  { waitsInMs = WAITS_AT_MOST_MS, lastTickMs }: OfTick = { lastTickMs: null },
): RunContext {
  const { ledger, clock, mode, maxHoldInMs } = parts;
  const tickInMs = parts.tickInMsAt(frame.startedMs);
  return {
    ...{ account, accountKey, client, gate, onExchange, ledger, clock, mode, tickInMs, maxHoldInMs },
    ...{ periodInMs: periodInMs(tickInMs), lastTickMs },
    readWindows: async (snapshot) =>
      windowsOfAccount(await windowsForDoor(parts), account.name, snapshot, clock.now()),
    runId: frame.runId,
    correlationId: call.correlationId,
    who: whoAsked(call),
    telemetry: call.teller.telemetry ?? noTelemetry,
    giveWay: parts.giveWay,
    signal: parts.shutdown,
    deadlineMs: frame.deadlineMs,
    waitsInMs,
  };
}
