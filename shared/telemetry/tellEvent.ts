import type { EventMeasurements, EventName, EventProperties } from './eventSchema.ts';
import type { Teller } from './teller.ts';

/**
 * Tells one thing by both ways: as a line of the log, and as a custom event. Nothing of a query, a header or a raw body
 * may be in it.
 */
export function tellEvent<Name extends EventName>(
  teller: Teller,
  level: 'info' | 'warn' | 'error',
  name: Name,
  properties: EventProperties<Name>,
  measurements?: EventMeasurements<Name>,
): void {
  teller[level](JSON.stringify({ event: name, ...properties, ...measurements }));
  teller.telemetry?.event(name, properties, measurements);
}
