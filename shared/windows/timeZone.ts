import { Temporal } from 'temporal-polyfill';
import { WINDOWS_TO_IANA_MAP } from 'windows-iana';
import { bad, good, type Parsed, quote } from './windowProblem.ts';

/**
 * The zone's name as the tz database writes it. Offsets (`+02:00`) are refused, since they know no summer time, and
 * so are abbreviations (`EST`, `CET`), since each means something else to the database than to the people using it.
 */
export function parseTimeZone(text: string): Parsed<string> {
  const known = /^[A-Za-z][A-Za-z0-9_+\-/]{0,63}$/.test(text) ? canonicalName(text) : null;
  if (known === null) {
    const meant = nameForWindowsName(text);
    return bad(
      [],
      'unknown_time_zone',
      meant === null
        ? `${quote(text)} is not an IANA time zone. Write for example Europe/Berlin or UTC.`
        : `${quote(text)} is a name of Windows. Write the IANA name, ${meant}.`,
    );
  }
  if (/^[A-Z]{3}([0-9][A-Z]{3})?$/.test(known) && known !== 'UTC' && known !== 'GMT') {
    return bad(
      [],
      'ambiguous_time_zone',
      `${quote(text)} is an abbreviation. Write the zone of a place, for example America/New_York.`,
    );
  }
  return good(known);
}

function canonicalName(text: string): string | null {
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(text).timeZoneId;
  } catch {
    return null;
  }
}

/** The IANA zone that Windows means by a name, whatever its case; null where it is no name of Windows. Source: Unicode CLDR. */
function nameForWindowsName(text: string): string | null {
  const name = text.trim().toLowerCase();
  // The territory 001 is the world: what the name means where nothing else is known.
  const found = WINDOWS_TO_IANA_MAP.find(
    ({ windowsName, territory }) => territory === '001' && windowsName.toLowerCase() === name,
  );
  return found?.iana[0] ?? null;
}
