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

/** The same few instants are told of thousands of reports. */
const texts = new Map<number, string>();
const MAX_TEXTS = 1_000;

/** An instant in UTC, with milliseconds only where there are any: two instants never give the same text. */
export function utcText(instantMs: number): string {
  const known = texts.get(instantMs);
  if (known !== undefined) return known;
  const text = new Date(instantMs).toISOString().replace('.000Z', 'Z');
  if (texts.size >= MAX_TEXTS) texts.clear();
  texts.set(instantMs, text);
  return text;
}
