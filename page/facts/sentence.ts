import type { Report, Window } from '../asking/answers.ts';
import { isOurs } from './kinds.ts';
import { clockTime, shortDay, whenOf, zoneName } from './times.ts';
import type { Trouble } from './troubles.ts';
import { count } from './words.ts';

/** The situation in one sentence each: is anything stuck, what is on, what comes next. */
export interface FirstSight {
  readonly isCalm: boolean;
  readonly stuck: string;
  readonly now: string;
  readonly next: string;
}

/** Says at first sight what somebody who was woken wants to know. `timeZone` is that of the viewer. Pure. */
export function firstSight(known: {
  readonly reports: readonly Report[];
  readonly windows: readonly Window[];
  readonly troubles: readonly Trouble[];
  readonly nowMs: number;
  readonly timeZone: string;
}): FirstSight {
  const { reports, windows, troubles, nowMs, timeZone } = known;
  const reds = troubles.reduce((sum, { reports: named }) => sum + Math.max(1, named.length), 0);
  return {
    isCalm: troubles.length === 0,
    stuck: troubles.length === 0 ? 'Nothing is stuck.' : `${count(reds, 'thing needs', 'things need')} you.`,
    now: nowSentence(reports, nowMs, timeZone),
    next: nextSentence(windows, nowMs),
  };
}

function nowSentence(reports: readonly Report[], nowMs: number, timeZone: string): string {
  const ours = reports.filter(isOurs);
  if (ours.length === 0) {
    return reports.length === 0 ? 'No report is shown.' : 'No report is paused by us.';
  }
  const ends = ours.map(({ expectedResumeUtc }) => expectedResumeUtc);
  const known = ends.flatMap((end) => (end === null ? [] : [Date.parse(end)]));
  const [first, last] = [Math.min(...known), Math.max(...known)];
  const isAre = ours.length === 1 ? 'is' : 'are';
  const paused = `${count(ours.length, 'report')} ${isAre} paused by us`;
  if (known.length === 0) {
    return `${paused} until somebody resumes ${ours.length === 1 ? 'it' : 'them'}.`;
  }
  const endless = ends.length - known.length;
  const until =
    first === last
      ? ` until ${whenOf(first, nowMs, timeZone)}`
      : `, the first until ${whenOf(first, nowMs, timeZone)}, the last until ${whenOf(last, nowMs, timeZone)}`;
  return `${paused}${until}${endless === 0 ? '' : `, ${endless} of them until somebody resumes`}.`;
}

function nextSentence(windows: readonly Window[], nowMs: number): string {
  const ahead = windows
    .flatMap((window) => window.next.map((occurrence) => ({ window, occurrence })))
    .filter(({ occurrence }) => Date.parse(occurrence.fromUtc) > nowMs)
    .sort((one, other) => Date.parse(one.occurrence.fromUtc) - Date.parse(other.occurrence.fromUtc));
  const [first] = ahead;
  if (first === undefined) {
    return windows.length === 0 ? 'No window is configured.' : 'No window opens again.';
  }
  const { name, timeZone } = first.window;
  const fromMs = Date.parse(first.occurrence.fromUtc);
  const from = `${shortDay(fromMs, timeZone)} ${clockTime(fromMs, timeZone)}`;
  const { untilUtc } = first.occurrence;
  if (untilUtc === null) {
    return `Next: ${name}, ${from} ${zoneName(timeZone)}, until somebody resumes.`;
  }
  const untilMs = Date.parse(untilUtc);
  const isSameDay = shortDay(fromMs, timeZone) === shortDay(untilMs, timeZone);
  const until = `${isSameDay ? '' : `${shortDay(untilMs, timeZone)} `}${clockTime(untilMs, timeZone)}`;
  return `Next: ${name}, ${from} to ${until} ${zoneName(timeZone)}.`;
}
