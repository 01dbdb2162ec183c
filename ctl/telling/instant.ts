/** An instant in the zone and in UTC, to the minute: `2026-11-22 23:44 +01:00 (22:44Z)`. What is no instant is told as it is. Pure. */
export function showInstant(utc: string, timeZone: string): string {
  const instant = new Date(utc);
  if (Number.isNaN(instant.getTime())) {
    return utc;
  }
  const day = instant.toISOString().slice(0, 10);
  const time = `${instant.toISOString().slice(11, 16)}Z`;
  const local = localParts(instant, timeZone);
  if (local.offset === '') {
    return `${day} ${time}`;
  }
  const told = local.day === day ? time : `${day} ${time}`;
  return `${local.day} ${local.time} ${local.offset} (${told})`;
}

/** An instant in the zone alone, to the minute: `2026-11-22 23:44`. What is no instant is told as it is. Pure. */
export function shortInstant(utc: string, timeZone: string): string {
  const instant = new Date(utc);
  if (Number.isNaN(instant.getTime())) {
    return utc;
  }
  const { day, time, offset } = localParts(instant, timeZone);
  return `${day} ${time}${offset === '' ? 'Z' : ''}`;
}

function localParts(instant: Date, timeZone: string): { day: string; time: string; offset: string } {
  const parts = new Map(
    formatOf(timeZone)
      .formatToParts(instant)
      .map(({ type, value }) => [type, value]),
  );
  const part = (type: Intl.DateTimeFormatPartTypes) => parts.get(type) ?? '';
  return {
    day: `${part('year')}-${part('month')}-${part('day')}`,
    time: `${part('hour')}:${part('minute')}`,
    offset: part('timeZoneName').replace('GMT', '').replace('+00:00', ''),
  };
}

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const shape: Intl.DateTimeFormatOptions = {
    ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit' },
    ...{ hourCycle: 'h23', timeZoneName: 'longOffset' },
  };
  try {
    return new Intl.DateTimeFormat('en-GB', { ...shape, timeZone });
  } catch {
    // A zone that this machine does not know; the time in UTC is right all the same.
    return new Intl.DateTimeFormat('en-GB', { ...shape, timeZone: 'UTC' });
  }
}
