import type { Clock } from '../time/clock.ts';
import type { BoundedList } from './boundedList.ts';
import type { MetricSums } from './metricSums.ts';
import { createSetback } from './setback.ts';
import type { FlushOptions } from './telemetry.ts';
import type { Batch, DependencyItem, EventItem, Sender, SendOutcome } from './telemetryItem.ts';
import { inSilence } from './trace.ts';

/** How what was recorded leaves. */
export interface Delivery {
  /** Sends what waits; returns at once while the service is known to be out of reach. Never rejects. */
  deliver(options: { readonly isLast: boolean }): Promise<void>;
  flush(options: FlushOptions): Promise<void>;
}

/** Items of one request; well under a megabyte. */
const BATCH = 250;

/** Sends the lists in batches, one request of a kind at a time; what failed for now is put back. */
export function createDelivery(options: {
  readonly clock: Clock;
  readonly openSender: () => Promise<Sender>;
  readonly events: BoundedList<EventItem>;
  readonly dependencies: BoundedList<DependencyItem>;
  readonly metrics: MetricSums;
  readonly takeLostSeries: () => number;
}): Delivery {
  const { clock, events, dependencies, metrics } = options;
  const setback = createSetback(clock);
  let sender: Promise<Sender> | null = null;
  let sending: Promise<void> | null = null;
  let eventsUnderWay = 0;

  const send = async (batch: Batch): Promise<SendOutcome> => {
    try {
      sender ??= options.openSender();
      return await (await sender).send(batch);
    } catch {
      sender = null;
      const again = batch.items.map((_, position) => position);
      return { kind: 'failed', reason: 'not_loaded', again, lost: 0, retryAfterInMs: null };
    }
  };
  /** Sends a batch; false where the rest is better left for later. */
  const pass = async (batch: Batch, putBack: (positions: readonly number[]) => void): Promise<boolean> => {
    const outcome = await send(batch);
    if (outcome.kind === 'sent') {
      setback.succeeded();
      return true;
    }
    putBack(outcome.again);
    setback.failed(outcome);
    countLost(batch.kind, outcome.lost);
    return outcome.again.length === 0;
  };
  const countLost = (kind: Batch['kind'], count: number) => {
    if (count > 0) {
      setback.lost(count);
      metrics.add('telemetryDropped', count, { kind });
    }
  };
  const sendEvents = async () => {
    for (let goesOn = true; goesOn && events.length > 0; ) {
      const items = events.take(BATCH);
      eventsUnderWay = items.length;
      goesOn = await pass({ kind: 'events', items }, (again) => events.putBack(pick(items, again)));
      eventsUnderWay = 0;
    }
  };
  const sendDependencies = async () => {
    for (let goesOn = true; goesOn && dependencies.length > 0; ) {
      const items = dependencies.take(BATCH);
      goesOn = await pass({ kind: 'dependencies', items }, (again) =>
        dependencies.putBack(pick(items, again)),
      );
    }
  };
  const sendMetrics = async () => {
    const all = metrics.take();
    let from = 0;
    for (let goesOn = true; goesOn && from < all.length; from += BATCH) {
      const items = all.slice(from, from + BATCH);
      goesOn = await pass({ kind: 'metrics', items }, (again) => metrics.putBack(pick(items, again)));
    }
    metrics.putBack(all.slice(from));
  };
  const sendAll = async () => {
    countLost('events', events.takeDropped());
    countLost('dependencies', dependencies.takeDropped());
    countLost('metrics', options.takeLostSeries());
    await Promise.all([sendEvents(), sendDependencies(), sendMetrics()]);
  };
  const isEmpty = () => events.length === 0 && dependencies.length === 0 && metrics.size === 0;

  const deliver: Delivery['deliver'] = async ({ isLast }) => {
    await sending;
    if (isEmpty() || (!isLast && setback.isInForce())) {
      return;
    }
    sending ??= inSilence(sendAll).finally(() => {
      sending = null;
    });
    await sending;
  };

  /** Told in the log, which arrives by another way, and as an event, which arrives once this way is free again. */
  const tellNews = (warn: (line: string) => void) => {
    const news = setback.newsToTell();
    if (news === null) {
      return;
    }
    const { reason, lost } = news;
    const waiting = events.length + dependencies.length + eventsUnderWay;
    warn(JSON.stringify({ event: 'TelemetryFailed', reason, waiting, lost }));
    const measurements = { waiting, lost };
    events.add({
      name: 'TelemetryFailed',
      atMs: clock.now(),
      trace: null,
      properties: { reason },
      measurements,
    });
  };

  return {
    deliver,
    flush: async ({ limitInMs, onlyForEvents, isLast, warn }) => {
      const isWorthIt = !onlyForEvents || events.length + eventsUnderWay > 0;
      const delivered = deliver({ isLast });
      if (isWorthIt) {
        await within(clock, limitInMs, delivered);
      }
      tellNews(warn);
    },
  };
}

function pick<Item>(items: readonly Item[], positions: readonly number[]): readonly Item[] {
  return positions.flatMap((position) => items.slice(position, position + 1));
}

/** Waits for the work, but no longer than the limit. */
async function within(clock: Clock, limitInMs: number, work: Promise<void>): Promise<void> {
  const over = new AbortController();
  const limit = clock.sleep(limitInMs, over.signal).catch(() => {});
  await Promise.race([work, limit]);
  over.abort();
}
