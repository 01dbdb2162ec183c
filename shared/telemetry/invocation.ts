import type { Telemetry } from './telemetry.ts';
import type { Teller } from './teller.ts';
import { inTrace, newSpanId, newTraceId, parseTraceParent } from './trace.ts';

/** One invocation of a function, as the host gives it. */
export interface Invocation {
  readonly functionName: string;
  readonly invocationId: string;
  /** The host's own place in the trace; what another invocation handed on in its message goes before it. */
  readonly traceParent: string | null;
  readonly warn: (line: string) => void;
  /** An answer waits for its events alone; what nobody waits for, a timer or a message, for everything. */
  readonly hasCaller: boolean;
}

/** So long an invocation waits at most for its telemetry to arrive; behind it the sending goes on. */
const FLUSH_LIMIT_IN_MS = 2_000;

/** When a process is told to end, the host leaves it five seconds. */
const LAST_FLUSH_LIMIT_IN_MS = 4_000;

/** Does an invocation's work in its place of the trace, and sends what was recorded before the invocation ends. */
export async function withTelemetry<Result>(
  telemetry: Telemetry,
  invocation: Invocation,
  work: () => Promise<Result>,
): Promise<Result> {
  const { functionName: operationName, invocationId, traceParent, hasCaller, warn } = invocation;
  const place = parseTraceParent(traceParent) ?? { traceId: newTraceId(), spanId: newSpanId() };
  return inTrace({ ...place, operationName, invocationId }, async () => {
    try {
      return await work();
    } finally {
      await telemetry.flush({
        limitInMs: FLUSH_LIMIT_IN_MS,
        onlyForEvents: hasCaller,
        isLast: false,
        warn,
      });
    }
  });
}

/** The invocation's log with its telemetry. */
export function withEvents(teller: Teller, telemetry: Telemetry): Teller {
  return { ...teller, telemetry };
}

/** Sends what is left when the process ends. */
export function flushAtEnd(telemetry: Telemetry): Promise<void> {
  return telemetry.flush({
    limitInMs: LAST_FLUSH_LIMIT_IN_MS,
    onlyForEvents: false,
    isLast: true,
    warn: () => {},
  });
}
