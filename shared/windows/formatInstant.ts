import { Temporal } from 'temporal-polyfill';

/** An instant as people are shown it. */
export interface ShownInstant {
  /** `2026-03-29T01:00:00Z`. */
  readonly utc: string;
  /** With offset and zone (RFC 9557): `2026-03-29T03:00:00+02:00[Europe/Berlin]`. */
  readonly local: string;
}

/** An instant in UTC and in an IANA zone, both to the second. */
export function formatInstant(instantMs: number, timeZone: string): ShownInstant {
  const instant = Temporal.Instant.fromEpochMilliseconds(instantMs);
  return {
    utc: instant.toString({ smallestUnit: 'second' }),
    local: instant.toZonedDateTimeISO(timeZone).toString({ smallestUnit: 'second' }),
  };
}

/** An instant in UTC, with milliseconds only where there are any: two instants never give the same text. */
export function utcText(instantMs: number): string {
  return new Date(instantMs).toISOString().replace('.000Z', 'Z');
}
