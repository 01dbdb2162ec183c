import { newRunId } from '../running/runAccount.ts';
import type { RunContext } from '../running/runContext.ts';
import { noTelemetry } from '../telemetry/telemetry.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { ConfiguredWindows } from './readWindows.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';

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

/** What the run works with on one account: only the windows that are this account's. */
export function runContextOf(
  parts: ServiceParts,
  { account, accountKey, client, gate }: AccountRuntime,
  frame: RunFrame & { readonly windows: ConfiguredWindows },
  call: DoorCall,
): RunContext {
  const { ledger, clock, mode, tickInMs, timing, maxHoldInMs } = parts;
  const windows = frame.windows.windows.filter((window) => window.account === account.name);
  return {
    ...{ account, accountKey, client, gate, ledger, clock, mode, tickInMs, timing, maxHoldInMs },
    windows: { ...frame.windows, windows },
    runId: frame.runId,
    correlationId: call.correlationId,
    who: whoAsked(call),
    telemetry: call.teller.telemetry ?? noTelemetry,
    signal: parts.shutdown,
    deadlineMs: frame.deadlineMs,
  };
}
