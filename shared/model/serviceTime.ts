import { readAnyInstant } from '../time/readInstant.ts';

const blankBeforeOffset = / (?=(?:Z|[+-]\d{2}:?\d{2})$)/i;
const american = /^(\d{1,2})\/(\d{1,2})\/(\d{4}) (\d{1,2}):(\d{2}):(\d{2}) ([AP])M$/i;
const rfc1123 = /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/;
const ticks = /^\/Date\((\d{10,14})(?:[+-]\d{4})?\)\/$/;

/**
 * Epoch milliseconds of a time as the service writes it. The contract is `yyyy-MM-ddTHH:mm:ssZ`; fractions, offsets, a
 * missing `Z`, a blank for the `T` and .NET's other ways to print an instant are read too, all of them UTC unless
 * they say otherwise. Null where it is none of these: then it is no evidence. Pure.
 */
export function parseServiceTime(value: unknown): number | null {
  const text = typeof value === 'string' ? value.trim() : '';
  const ms =
    readAnyInstant(text.replace(blankBeforeOffset, ''))?.atMs ??
    americanMs(text) ??
    (rfc1123.test(text) ? Date.parse(text) : null);
  const read = ms ?? Number(ticks.exec(text)?.[1] ?? Number.NaN);
  return Number.isNaN(read) ? null : read;
}

function americanMs(text: string): number | null {
  const parts = american.exec(text);
  if (parts === null) {
    return null;
  }
  const [month, day, year, hour, minute, second] = parts.slice(1, 7).map(Number);
  const isAfternoon = parts[7]?.toUpperCase() === 'P';
  const hours = ((hour ?? 0) % 12) + (isAfternoon ? 12 : 0);
  return Date.UTC(year ?? 0, (month ?? 1) - 1, day ?? 1, hours, minute ?? 0, second ?? 0);
}
