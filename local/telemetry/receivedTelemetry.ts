import type { Envelope } from './envelope.ts';

/** Where an item belongs. */
interface Place {
  readonly time: string;
  readonly operationId: string;
  readonly parentId: string;
  readonly operationName: string;
  readonly role: string;
  readonly roleInstance: string;
  readonly version: string;
  /** `app` for what the functions sent themselves, `standIn` for what only the real host would send. */
  readonly sentBy: 'app' | 'standIn';
}

type Texts = Readonly<Record<string, string>>;
type Numbers = Readonly<Record<string, number>>;

/** A row of `customEvents`. */
interface ReceivedEvent extends Place {
  readonly name: string;
  readonly properties: Texts;
  readonly measurements: Numbers;
}

/** A row of `dependencies`. */
interface ReceivedDependency extends Place {
  readonly id: string;
  readonly name: string;
  readonly target: string;
  readonly data: string;
  readonly type: string;
  readonly resultCode: string;
  readonly success: boolean;
  readonly durationInMs: number;
  readonly properties: Texts;
}

/** A row of `requests`. */
interface ReceivedRequest extends Place {
  readonly id: string;
  readonly name: string;
  readonly resultCode: string;
  readonly success: boolean;
  readonly durationInMs: number;
}

/** A row of `customMetrics`. */
interface ReceivedMetric extends Place {
  readonly name: string;
  readonly sum: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly dimensions: Texts;
}

/** What has arrived, as the tables of Application Insights would show it; oldest first. */
export interface ReceivedTelemetry {
  /** Every item as it came. */
  readonly envelopes: readonly Envelope[];
  events(): readonly ReceivedEvent[];
  dependencies(): readonly ReceivedDependency[];
  requests(): readonly ReceivedRequest[];
  metrics(): readonly ReceivedMetric[];
}

/** The property that marks what the stand-in of the host says in its place. */
export const STAND_IN_MARK = 'StandIn';

/** Reads what has arrived so far, and what comes later. */
export function readReceived(envelopes: readonly Envelope[]): ReceivedTelemetry {
  return {
    envelopes,
    events: () =>
      envelopes.flatMap((envelope) => {
        const { data } = envelope;
        if (data.baseType !== 'EventData') return [];
        const { name, properties, measurements } = data.baseData;
        return [{ ...placeOf(envelope, properties), name, properties, measurements }];
      }),
    dependencies: () =>
      envelopes.flatMap((envelope) => {
        const { data } = envelope;
        if (data.baseType !== 'RemoteDependencyData') return [];
        const { id, name, target = '', data: command = '', type, resultCode, success } = data.baseData;
        const { duration, properties } = data.baseData;
        const durationInMs = millisecondsOf(duration);
        const facts = { id, name, target, data: command, type, resultCode, success, durationInMs };
        return [{ ...placeOf(envelope, properties), ...facts, properties }];
      }),
    requests: () =>
      envelopes.flatMap((envelope) => {
        const { data } = envelope;
        if (data.baseType !== 'RequestData') return [];
        const { id, name, responseCode: resultCode, success, duration, properties } = data.baseData;
        const durationInMs = millisecondsOf(duration);
        return [{ ...placeOf(envelope, properties), id, name, resultCode, success, durationInMs }];
      }),
    metrics: () =>
      envelopes.flatMap((envelope) => {
        const { data } = envelope;
        if (data.baseType !== 'MetricData') return [];
        const { metrics, properties: dimensions } = data.baseData;
        return metrics.map(({ name, value: sum, count = 1, min = sum, max = sum }) => ({
          ...placeOf(envelope, dimensions),
          ...{ name, sum, count, min, max, dimensions },
        }));
      }),
  };
}

function placeOf({ time, tags }: Envelope, properties: Texts): Place {
  return {
    time,
    operationId: tags['ai.operation.id'] ?? '',
    parentId: tags['ai.operation.parentId'] ?? '',
    operationName: tags['ai.operation.name'] ?? '',
    role: tags['ai.cloud.role'] ?? '',
    roleInstance: tags['ai.cloud.roleInstance'] ?? '',
    version: tags['ai.application.ver'] ?? '',
    sentBy: STAND_IN_MARK in properties ? 'standIn' : 'app',
  };
}

function millisecondsOf(duration: string): number {
  const [, days = '0', hours = '0', minutes = '0', seconds = '0'] =
    /^(?:(\d+)\.)?(\d+):(\d+):([\d.]+)$/.exec(duration) ?? [];
  return (((Number(days) * 24 + Number(hours)) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000;
}
