import type { EventMeasurements, EventName, EventProperties } from './eventSchema.ts';
import type { MetricDimensions, MetricName } from './metricTable.ts';

/** One request that left this process, or was to leave. */
export interface DependencyCall {
  /** Method and path, ids replaced, so that like calls have like names. */
  readonly name: string;
  readonly method: string;
  readonly url: URL;
  readonly startedMs: number;
  readonly durationInMs: number;
  /** The status, or a word where nothing was answered. */
  readonly resultCode: string;
  readonly success: boolean;
  /** 16 hexadecimal digits; null for a new one. */
  readonly spanId: string | null;
  readonly properties: Readonly<Record<string, string | null>>;
}

/** How an invocation ends with its telemetry. */
export interface FlushOptions {
  /** Waited at most so long; the sending goes on behind it. */
  readonly limitInMs: number;
  /** True where dependencies and metrics alone are not worth a wait. */
  readonly onlyForEvents: boolean;
  /** Tries even where the last attempts failed. */
  readonly isLast: boolean;
  /** Where a line about the delivery itself goes. */
  readonly warn: (line: string) => void;
}

/**
 * Where the service records what it does. Recording costs next to nothing, never waits and never throws; what was
 * recorded is sent behind the work. What is recorded in an invocation bears its place in the trace.
 */
export interface Telemetry {
  event<Name extends EventName>(
    name: Name,
    properties: EventProperties<Name>,
    measurements?: EventMeasurements<Name>,
  ): void;
  metric<Name extends MetricName>(name: Name, value: number, dimensions: MetricDimensions<Name>): void;
  dependency(call: DependencyCall): void;
  /** Sends what was recorded. Never rejects. */
  flush(options: FlushOptions): Promise<void>;
}

/** Records nothing: for an app without Application Insights. */
export const noTelemetry: Telemetry = {
  event: () => {},
  metric: () => {},
  dependency: () => {},
  flush: async () => {},
};
