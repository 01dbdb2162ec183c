import {
  type Instrumenter,
  type TracingContext,
  type TracingSpan,
  useInstrumenter,
} from '@azure/core-tracing';
import type { Clock } from '../time/clock.ts';
import { nameDependency, serviceOf } from './nameDependency.ts';
import type { Telemetry } from './telemetry.ts';
import { currentTrace, formatTraceParent, isRecorded, newSpanId } from './trace.ts';

/** Under this key a context keeps the header of the request that is under way. */
const HEADER = Symbol('traceparent');

/** Answers that are part of how a service is spoken to: it is there already, somebody was faster, who are you. */
const EXPECTED: Readonly<Record<string, readonly number[]>> = {
  storage: [404, 409, 412],
  keyVault: [401],
};

/**
 * Makes every Azure SDK of this process tell of its HTTP requests, one dependency per attempt: storage, Key Vault, Entra,
 * the identity endpoint. Their `traceparent` goes to storage and Key Vault alone, which are our own resources.
 */
export function watchAzureSdks(telemetry: Telemetry, clock: Clock): void {
  useInstrumenter(instrumenterFor(telemetry, clock));
}

function instrumenterFor(telemetry: Telemetry, clock: Clock): Instrumenter {
  return {
    startSpan: (name, { spanKind, spanAttributes, tracingContext = contextOf(new Map()) }) => {
      const url = urlOf(spanAttributes?.['http.url']);
      const isRequest = name.startsWith('HTTP ') && spanKind === 'client';
      if (!isRequest || url === null || !isRecorded()) {
        return { span: unrecorded, tracingContext };
      }
      const spanId = newSpanId();
      const method = String(spanAttributes?.['http.method'] ?? 'GET');
      const span = requestSpan({ telemetry, clock, url, method, spanId });
      return { span, tracingContext: tracingContext.setValue(HEADER, headerFor(url, spanId)) };
    },
    withContext: (_context, callback, ...callbackArguments) => callback(...callbackArguments),
    parseTraceparentHeader: () => undefined,
    createRequestHeaders: (tracingContext) => {
      const header = tracingContext?.getValue(HEADER);
      return typeof header === 'string' ? { traceparent: header } : {};
    },
  };
}

function headerFor(url: URL, spanId: string): string | null {
  const trace = currentTrace();
  const service = serviceOf(url);
  const isOurs = service === 'storage' || service === 'keyVault';
  return trace !== null && isOurs ? formatTraceParent({ traceId: trace.traceId, spanId }) : null;
}

function requestSpan(request: {
  readonly telemetry: Telemetry;
  readonly clock: Clock;
  readonly url: URL;
  readonly method: string;
  readonly spanId: string;
}): TracingSpan {
  const { telemetry, clock, url, method, spanId } = request;
  const startedMs = clock.now();
  const service = serviceOf(url);
  let status: number | null = null;
  let requestId: string | null = null;
  return {
    isRecording: () => true,
    setAttribute: (name, value) => {
      if (name === 'http.status_code' && typeof value === 'number') {
        status = value;
      }
      if (name === 'serviceRequestId' && typeof value === 'string') {
        requestId = value;
      }
    },
    setStatus: () => {},
    recordException: () => {},
    addEvent: () => {},
    end: () => {
      const isFine = status !== null && (status < 400 || (EXPECTED[service] ?? []).includes(status));
      telemetry.dependency({
        ...{ name: nameDependency(method, url), method, url, startedMs, spanId },
        durationInMs: clock.now() - startedMs,
        resultCode: status === null ? 'unanswered' : String(status),
        success: isFine,
        properties: { service, requestId },
      });
    },
  };
}

const unrecorded: TracingSpan = {
  isRecording: () => false,
  setAttribute: () => {},
  setStatus: () => {},
  recordException: () => {},
  addEvent: () => {},
  end: () => {},
};

function urlOf(text: unknown): URL | null {
  return typeof text === 'string' && URL.canParse(text) ? new URL(text) : null;
}

/** What the SDKs hand from call to call. */
function contextOf(values: ReadonlyMap<symbol, unknown>): TracingContext {
  return {
    getValue: (key) => values.get(key),
    setValue: (key, value) => contextOf(new Map([...values, [key, value]])),
    deleteValue: (key) => contextOf(new Map([...values].filter(([kept]) => kept !== key))),
  };
}
