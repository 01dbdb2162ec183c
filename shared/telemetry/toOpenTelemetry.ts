import { type SpanContext, SpanKind, SpanStatusCode, TraceFlags, ValueType } from '@opentelemetry/api';
import type { Resource } from '@opentelemetry/resources';
import type { ReadableLogRecord } from '@opentelemetry/sdk-logs';
import { AggregationTemporality, DataPointType, type ResourceMetrics } from '@opentelemetry/sdk-metrics';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import type { DependencyItem, EventItem, MetricItem } from './telemetryItem.ts';
import type { Trace } from './trace.ts';

const scope = { name: 'intermission' };

/** A custom event as the exporter takes it: a log record with these attributes becomes an item of `customEvents`. */
export function toLogRecord(item: EventItem, resource: Resource): ReadableLogRecord {
  const { name, atMs, trace, properties, measurements } = item;
  return {
    hrTime: hrTime(atMs),
    hrTimeObserved: hrTime(atMs),
    ...(trace === null ? {} : { spanContext: spanContext(trace) }),
    resource,
    instrumentationScope: scope,
    attributes: {
      ...properties,
      ...invocationOf(trace),
      'microsoft.custom_event.name': name,
      'microsoft.custom_measurements': JSON.stringify(measurements),
    },
    droppedAttributesCount: 0,
  };
}

/**
 * A request that left as the exporter takes it. The address is given in parts, because from a whole one the exporter would
 * make the name, ids and all.
 */
export function toSpan(item: DependencyItem, resource: Resource): ReadableSpan {
  const { name, method, url, startedMs, durationInMs, resultCode, success, trace, spanId } = item;
  return {
    name,
    kind: SpanKind.CLIENT,
    spanContext: () => spanContext({ traceId: trace.traceId, spanId }),
    parentSpanContext: spanContext(trace),
    startTime: hrTime(startedMs),
    endTime: hrTime(startedMs + durationInMs),
    duration: hrTime(durationInMs),
    status: { code: success ? SpanStatusCode.OK : SpanStatusCode.ERROR },
    attributes: {
      ...item.properties,
      ...invocationOf(trace),
      'http.request.method': method,
      'http.response.status_code': resultCode,
      'url.scheme': url.protocol.replace(':', ''),
      'server.address': url.host,
      'url.path': url.pathname,
      'peer.service': url.host,
    },
    links: [],
    events: [],
    ended: true,
    resource,
    instrumentationScope: scope,
    droppedAttributesCount: 0,
    droppedEventsCount: 0,
    droppedLinksCount: 0,
  };
}

/** Metrics as the exporter takes them: one data point, and so one item, each. */
export function toResourceMetrics(
  items: readonly MetricItem[],
  resource: Resource,
  nowMs: number,
): ResourceMetrics {
  const metrics = items.map(({ name, dimensions, count, sum, min, max }) => ({
    descriptor: { name, description: '', unit: '', valueType: ValueType.DOUBLE },
    aggregationTemporality: AggregationTemporality.DELTA,
    dataPointType: DataPointType.HISTOGRAM as const,
    dataPoints: [
      {
        startTime: hrTime(nowMs),
        endTime: hrTime(nowMs),
        attributes: { ...dimensions },
        value: { count, sum, min, max, buckets: { boundaries: [], counts: [count] } },
      },
    ],
  }));
  return { resource, scopeMetrics: [{ scope, metrics }] };
}

function spanContext({ traceId, spanId }: Pick<Trace, 'traceId' | 'spanId'>): SpanContext {
  return { traceId, spanId, traceFlags: TraceFlags.SAMPLED };
}

/** The same name as in the telemetry of the host, so that both can be joined. */
function invocationOf(trace: Trace | null): Readonly<Record<string, string>> {
  return trace === null || trace.invocationId === ''
    ? {}
    : { InvocationId: trace.invocationId, 'ai.operation.name': trace.operationName };
}

/** Seconds and nanoseconds. */
function hrTime(inMs: number): [number, number] {
  const seconds = Math.floor(inMs / 1000);
  return [seconds, Math.round((inMs - seconds * 1000) * 1e6)];
}
