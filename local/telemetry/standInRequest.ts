import type { Envelope } from './envelope.ts';
import { STAND_IN_MARK } from './receivedTelemetry.ts';

/** An invocation that is over, as the host that ran it knows it. */
export interface EndedInvocation {
  readonly function: string;
  readonly invocationId: string;
  /** W3C Trace Context. */
  readonly traceParent: string;
  readonly startedAtMs: number;
  readonly durationInMs: number;
  readonly hasSucceeded: boolean;
}

/**
 * The item of `requests` that the real Functions host sends for each invocation, made by the stand-in and marked as its
 * own. Its id is the parent of all that the functions send for this invocation. Pure.
 */
export function standInRequest(invocation: EndedInvocation, instrumentationKey: string): Envelope {
  const { function: name, invocationId, traceParent, startedAtMs, durationInMs, hasSucceeded } = invocation;
  const [, traceId = '', spanId = ''] = traceParent.split('-');
  return {
    ver: 1,
    name: 'Microsoft.ApplicationInsights.Request',
    time: new Date(startedAtMs).toISOString(),
    iKey: instrumentationKey,
    tags: { 'ai.operation.id': traceId, 'ai.operation.name': name },
    data: {
      baseType: 'RequestData',
      baseData: {
        ...{ ver: 2, id: spanId, name, success: hasSucceeded },
        responseCode: '0',
        duration: timeSpan(durationInMs),
        properties: { InvocationId: invocationId, [STAND_IN_MARK]: 'true' },
        measurements: {},
      },
    },
  };
}

function timeSpan(inMs: number): string {
  const two = (value: number) => String(Math.floor(value)).padStart(2, '0');
  const inSeconds = inMs / 1000;
  const seconds = (inSeconds % 60).toFixed(3).padStart(6, '0');
  return `${two(inSeconds / 3600)}:${two((inSeconds / 60) % 60)}:${seconds}`;
}
