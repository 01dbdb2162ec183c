import type { InvocationContext } from '@azure/functions';
import type { Composed } from '../shared/http/composed.ts';
import type { Teller } from '../shared/telemetry/teller.ts';
import { beforeTheEnd } from './beforeTheEnd.ts';
import { tellerOf } from './tellerOf.ts';

type Service = typeof import('../shared/composition/service.ts');

/**
 * Does an invocation's work in its place of the trace and sends what it records before it ends, bounded. Without
 * Application Insights it does the work and nothing else.
 */
export function recorded<Result>(
  { withTelemetry, withEvents, flushAtEnd }: Service,
  composed: Composed,
  invocation: {
    readonly context: InvocationContext;
    /** True where somebody waits for the answer. */
    readonly hasCaller: boolean;
    /** The place in the trace that a message brought along; null for the host's. */
    readonly traceParent?: string | null;
  },
  work: (teller: Teller) => Promise<Result>,
): Promise<Result> {
  const { context, hasCaller } = invocation;
  const teller = tellerOf(context);
  if (!composed.ok || composed.settings.APPLICATIONINSIGHTS_CONNECTION_STRING === null) {
    return work(teller);
  }
  const { telemetry } = composed;
  beforeTheEnd(() => flushAtEnd(telemetry));
  const { functionName, invocationId, traceContext } = context;
  const traceParent = invocation.traceParent ?? traceContext?.traceParent ?? null;
  const place = { functionName, invocationId, traceParent, hasCaller, warn: teller.warn };
  return withTelemetry(telemetry, place, () => work(withEvents(teller, telemetry)));
}

/** The place in the trace that a message of ours brings along; null where it brings none. */
export function traceParentIn(message: unknown): string | null {
  return typeof message === 'object' &&
    message !== null &&
    'traceParent' in message &&
    typeof message.traceParent === 'string'
    ? message.traceParent
    : null;
}
