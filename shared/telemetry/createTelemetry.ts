import { safeText } from '../text/safeText.ts';
import type { Clock } from '../time/clock.ts';
import { createBoundedList } from './boundedList.ts';
import { createDelivery } from './delivery.ts';
import { createMetricSums } from './metricSums.ts';
import type { Telemetry } from './telemetry.ts';
import type { DependencyItem, EventItem, Sender } from './telemetryItem.ts';
import { currentTrace, isRecorded, newSpanId, newTraceId } from './trace.ts';

/** Items of a kind that wait at most: about 20 MB at the worst. The oldest make room. */
const MAX_WAITING = 10_000;

/** A property is cut here; Application Insights itself takes 8192 characters. */
const MAX_TEXT = 1_000;

/** What is not flushed by the end of an invocation is sent after so long: a run of minutes is not kept until its end. */
const BACKGROUND_DELAY_IN_MS = 5_000;

/** Beginning the sending later, without keeping the process alive for it. */
export type Defer = (work: () => void, delayInMs: number) => void;

const systemDefer: Defer = (work, delayInMs) => void setTimeout(work, delayInMs).unref();

/**
 * Telemetry that waits in memory, bounded, until it is sent. `openSender` loads the way to Application Insights at the
 * first sending, never while the first work of a process is still to begin.
 */
export function createTelemetry(options: {
  readonly clock: Clock;
  readonly openSender: () => Promise<Sender>;
  readonly defer?: Defer;
}): Telemetry {
  const { clock, defer = systemDefer } = options;
  const events = createBoundedList<EventItem>(MAX_WAITING);
  const dependencies = createBoundedList<DependencyItem>(MAX_WAITING);
  let lostSeries = 0;
  const metrics = createMetricSums(() => {
    lostSeries += 1;
  });
  const takeLostSeries = () => {
    const count = lostSeries;
    lostSeries = 0;
    return count;
  };
  const delivery = createDelivery({ ...options, events, dependencies, metrics, takeLostSeries });
  let isDeferred = false;

  const wake = () => {
    if (!isDeferred) {
      isDeferred = true;
      defer(() => {
        isDeferred = false;
        void delivery.deliver({ isLast: false });
      }, BACKGROUND_DELAY_IN_MS);
    }
  };

  return {
    event: (name, properties, measurements = {}) => {
      const trace = currentTrace();
      const atMs = clock.now();
      events.add({
        ...{ name, atMs, trace },
        properties: safeProperties(properties),
        measurements: finite(measurements),
      });
      wake();
    },
    metric: (name, value, dimensions) => {
      metrics.add(name, value, safeProperties(dimensions));
      wake();
    },
    dependency: (call) => {
      if (!isRecorded()) {
        return;
      }
      const trace = currentTrace() ?? orphanTrace();
      const { spanId, properties, ...facts } = call;
      dependencies.add({
        ...facts,
        trace,
        spanId: spanId ?? newSpanId(),
        properties: safeProperties(properties),
      });
      wake();
    },
    flush: delivery.flush,
  };
}

/** What is called outside of any invocation, such as a token that is fetched ahead, is a trace of its own. */
function orphanTrace() {
  return { traceId: newTraceId(), spanId: newSpanId(), operationName: '', invocationId: '' };
}

/** The last look before anything leaves: no secret, no control character, no long text; null is left out. */
function safeProperties(
  properties: Readonly<Record<string, string | null | undefined>>,
): Readonly<Record<string, string>> {
  const safe: Record<string, string> = {};
  for (const [name, value] of Object.entries(properties)) {
    if (typeof value === 'string') {
      safe[name] = safeText(value, MAX_TEXT);
    }
  }
  return safe;
}

function finite(
  measurements: Readonly<Record<string, number | undefined>>,
): Readonly<Record<string, number>> {
  const kept: Record<string, number> = {};
  for (const [name, value] of Object.entries(measurements)) {
    if (Number.isFinite(value)) {
      kept[name] = value ?? 0;
    }
  }
  return kept;
}
