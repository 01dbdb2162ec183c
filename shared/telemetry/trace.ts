import { AsyncLocalStorage } from 'node:async_hooks';
import { randomBytes } from 'node:crypto';

/** Where something that happens belongs in a trace. */
export interface Trace {
  /** 32 hexadecimal digits: Application Insights' `operation_Id`. */
  readonly traceId: string;
  /** 16 hexadecimal digits: `operation_ParentId`, the host's request or the work that queued this one. */
  readonly spanId: string;
  /** The function's name. */
  readonly operationName: string;
  /** The host's id of this invocation, which its own telemetry bears. */
  readonly invocationId: string;
}

const PATTERN = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/;

const current = new AsyncLocalStorage<Trace | 'silent'>();

/** Reads a `traceparent`; null where it is none that counts. Source: W3C Trace Context, 3.2. */
export function parseTraceParent(text: string | null | undefined): Pick<Trace, 'traceId' | 'spanId'> | null {
  const [, traceId = '', spanId = ''] = PATTERN.exec(text ?? '') ?? [];
  return /[1-9a-f]/.test(traceId) && /[1-9a-f]/.test(spanId) ? { traceId, spanId } : null;
}

/** Writes a `traceparent`; recorded, because nothing of ours is sampled. */
export function formatTraceParent({ traceId, spanId }: Pick<Trace, 'traceId' | 'spanId'>): string {
  return `00-${traceId}-${spanId}-01`;
}

/** Does the work, and all that it awaits, at this place in the trace. */
export function inTrace<Result>(trace: Trace, work: () => Result): Result {
  return current.run(trace, work);
}

/** Does the work without recording what it calls: the sending of telemetry must not make telemetry. */
export function inSilence<Result>(work: () => Result): Result {
  return current.run('silent', work);
}

/** The place in the trace of what runs now; null outside of any invocation. */
export function currentTrace(): Trace | null {
  const trace = current.getStore();
  return trace === undefined || trace === 'silent' ? null : trace;
}

/** False while telemetry is being sent. */
export function isRecorded(): boolean {
  return current.getStore() !== 'silent';
}

/** The current place as a `traceparent`, for work that goes on elsewhere; null outside of any invocation. */
export function currentTraceParent(): string | null {
  const trace = currentTrace();
  return trace === null ? null : formatTraceParent(trace);
}

/** A new id of a span. */
export function newSpanId(): string {
  return randomBytes(8).toString('hex');
}

/** A new id of a trace. */
export function newTraceId(): string {
  return randomBytes(16).toString('hex');
}
