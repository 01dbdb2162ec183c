import { inSteps, runSteps, type Steps } from '../time/steps.ts';
import { mediaTypeOf } from './contentRules.ts';
import type { Delivery, Verified } from './delivery.ts';
import { type Mapped, notMapped } from './intent.ts';
import { mapAzureMonitor } from './mapAzureMonitor.ts';
import { binaryCloudEvent, mapCloudEvent } from './mapCloudEvent.ts';
import { mapEventGrid } from './mapEventGrid.ts';
import { mapGeneric } from './mapGeneric.ts';
import { mapStandard } from './mapStandard.ts';
import { parseJsonBytes } from './parseJsonBytes.ts';
import type { WebhookSource } from './webhookSource.ts';

/** The most events of one delivery; Event Grid batches no more. */
export const MAX_EVENTS = 5_000;

/** A delivery that was verified. */
interface MapInput {
  readonly source: WebhookSource;
  readonly delivery: Delivery;
  readonly verified: Extract<Verified, { ok: true }>;
  readonly nowMs: number;
}

/** Maps it at once: see {@link mapDeliveryInSteps}. */
export function mapDelivery(input: MapInput): readonly Mapped[] {
  return runSteps(mapDeliveryInSteps(input));
}

/**
 * Everything that a delivery asks for, event by event in the order of its batch: one that is not understood leaves the
 * others. Call it with a delivery that was verified and whose format is understood, and after Event Grid's handshake.
 * In steps, because an event takes a while and a batch has thousands. Pure; never throws.
 */
export function* mapDeliveryInSteps({
  source,
  delivery,
  verified,
  nowMs,
}: MapInput): Steps<readonly Mapped[]> {
  const { format } = source;
  const body = parseJsonBytes(delivery.body);
  if (body === undefined) return [notMapped('not_json')];
  const context = { source, nowMs };
  switch (format.kind) {
    case 'standard': {
      const { deliveryId, timestampMs } = verified;
      return deliveryId === null || timestampMs === null
        ? [notMapped('missing_field', 'webhook-id')]
        : [mapStandard(body, { ...context, signed: { deliveryId, timestampMs } })];
    }
    case 'eventGrid':
      return yield* eachOf(body, (event) => mapEventGrid(event, context));
    case 'cloudEvents':
      return yield* eachOf(cloudEventsOf(delivery, body), (event) => mapCloudEvent(event, context));
    case 'azureMonitor':
      return [mapAzureMonitor(body, { ...context, format })];
    case 'generic':
      return [mapGeneric(body, { ...context, fields: format.fields, rawBody: delivery.body })];
  }
}

/** One event, a batch, or one whose attributes are in the headers. Null is none of these. */
function cloudEventsOf({ headers }: Delivery, body: unknown): unknown {
  switch (mediaTypeOf(headers.get('content-type'))) {
    case 'application/cloudevents+json':
      return [body];
    case 'application/cloudevents-batch+json':
      return body;
    default: {
      // Event Grid is known to send structured events as plain JSON.
      const binary = binaryCloudEvent(headers, body);
      if (binary !== null) return [binary];
      return Array.isArray(body) ? body : [body];
    }
  }
}

/** What it costs to map an event, in pieces of work: its instants are read. */
const PIECES_PER_EVENT = 50;

function* eachOf(events: unknown, map: (event: unknown) => Mapped): Steps<readonly Mapped[]> {
  if (!Array.isArray(events)) return [notMapped('foreign_payload')];
  const list: readonly unknown[] = events;
  if (list.length > MAX_EVENTS) return [notMapped('too_many_events')];
  const mapped: Mapped[] = [];
  yield* inSteps(list, (event) => mapped.push(map(event)), PIECES_PER_EVENT);
  return mapped;
}
