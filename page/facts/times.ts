/** In whose time instants are shown. */
export type ZoneChoice = 'mine' | 'window' | 'utc';

/** The IANA zone that a choice means; `ofWindow` where something has a zone of its own. Pure. */
export function zoneOf(choice: ZoneChoice, mine: string, ofWindow: string | null): string {
  switch (choice) {
    case 'mine':
      return mine;
    case 'window':
      return ofWindow ?? mine;
    case 'utc':
      return 'UTC';
  }
}

/** `Amsterdam` of `Europe/Amsterdam`. Pure. */
export function zoneName(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}

const formats = new Map<string, Intl.DateTimeFormat>();

function format(options: Intl.DateTimeFormatOptions, timeZone: string): Intl.DateTimeFormat {
  const key = `${timeZone} ${JSON.stringify(options)}`;
  const known = formats.get(key);
  if (known !== undefined) {
    return known;
  }
  const made = new Intl.DateTimeFormat('en-GB', { ...options, timeZone });
  formats.set(key, made);
  return made;
}

/** `23:16`. Pure. */
export function clockTime(atMs: number, timeZone: string): string {
  return format({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, timeZone).format(atMs);
}

/** `23:16:05`. Pure. */
export function preciseTime(atMs: number, timeZone: string): string {
  return format({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' }, timeZone).format(
    atMs,
  );
}

/** `Mon 7 Dec`. Pure. */
export function shortDay(atMs: number, timeZone: string): string {
  return format({ weekday: 'short', day: 'numeric', month: 'short' }, timeZone).format(atMs).replace(',', '');
}

/** `2026-12-07`, the date in that zone. Pure. */
function isoDate(atMs: number, timeZone: string): string {
  const parts = format({ year: 'numeric', month: '2-digit', day: '2-digit' }, timeZone).formatToParts(atMs);
  const partOf = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${partOf('year')}-${partOf('month')}-${partOf('day')}`;
}

/** `23:16` today, `tomorrow 02:00`, else `Mon 7 Dec 02:00`, with the year where it is another one. Pure. */
export function whenOf(atMs: number, nowMs: number, timeZone: string): string {
  const day = isoDate(atMs, timeZone);
  const time = clockTime(atMs, timeZone);
  if (day === isoDate(nowMs, timeZone)) {
    return time;
  }
  if (day === isoDate(nowMs + DAY_IN_MS, timeZone)) {
    return `tomorrow ${time}`;
  }
  const isThisYear = day.slice(0, 4) === isoDate(nowMs, timeZone).slice(0, 4);
  return `${shortDay(atMs, timeZone)}${isThisYear ? '' : ` ${day.slice(0, 4)}`} ${time}`;
}

const MINUTE_IN_MS = 60_000;
const HOUR_IN_MS = 60 * MINUTE_IN_MS;
export const DAY_IN_MS = 24 * HOUR_IN_MS;

/** The first instant of a day in a zone, found by what clocks show there. Pure. */
export function startOfDay(atMs: number, timeZone: string): number {
  const day = isoDate(atMs, timeZone);
  let low = atMs - 26 * HOUR_IN_MS;
  let high = atMs;
  while (high - low > 1_000) {
    const middle = Math.floor((low + high) / 2);
    if (isoDate(middle, timeZone) === day) high = middle;
    else low = middle;
  }
  return Math.round(high / 60_000) * 60_000;
}

/** `2 h 05 min`, `3 d 4 h`, `41 s`: how long, in the two units that matter. Pure. */
export function durationText(durationInMs: number): string {
  const ms = Math.max(0, durationInMs);
  const seconds = Math.floor(ms / 1_000);
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  const hours = Math.floor(minutes / 60);
  if (hours < 24) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}

/** The countdown to an instant: `in 2 h 05 min`, `now due`. Pure. */
export function countdown(atMs: number, nowMs: number): string {
  return atMs <= nowMs ? 'now due' : `in ${durationText(atMs - nowMs)}`;
}
