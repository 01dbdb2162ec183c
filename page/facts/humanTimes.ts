import { whenOf } from './times.ts';

const INSTANT = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)(?:\[[^\]]+\])?/g;

/** A text of the app with its instants as people read them in a zone; the same one twice, in two zones, is said once. Pure. */
export function humanTimes(text: string, nowMs: number, timeZone: string): string {
  return text
    .replace(INSTANT, (instant) => {
      const atMs = Date.parse(instant.replace(/\[.*$/, ''));
      return Number.isNaN(atMs) ? instant : whenOf(atMs, nowMs, timeZone);
    })
    .replace(/(\S.{3,24}) \(\1\)/g, '$1');
}
