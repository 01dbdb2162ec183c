import { Cron } from 'croner';
import { bad, good, type Parsed, quote, tame } from './windowProblem.ts';

/** The wall times at which a cron expression starts, without any zone. All in UTC-like milliseconds. */
export interface CronStart {
  /** The first start after `wallMs`; null if there is none. */
  next(wallMs: number): number | null;
  /** The last start at or before `wallMs`; null if there is none. */
  previous(wallMs: number): number | null;
}

/** A start of a year that has no 29 February, with one that has it next: what follows is typical of every year. */
const PROBE_START_MS = Date.UTC(1999, 0, 1);
const PROBE_SPAN_MS = 800 * 86_400_000;
const PROBE_STARTS = 150;

/**
 * The recurrence of a cron expression of five fields, or six with seconds first; croner computes it, on a calendar
 * without clock changes.
 * @throws on an expression that {@link parseCronStart} refuses.
 */
export function compileCronStart(expression: string): CronStart {
  // An offset instead of a zone name keeps croner off its slow way through Intl.
  const cron = new Cron(expression, { mode: '5-or-6-parts', utcOffset: 0, paused: true });
  return {
    next: (wallMs) => cron.nextRun(new Date(wallMs))?.getTime() ?? null,
    // croner gives what is before the reference; cron starts are whole seconds.
    previous: (wallMs) => cron.previousRuns(1, new Date(wallMs + 1))[0]?.getTime() ?? null,
  };
}

/** The expression with single spaces, after every check that needs no other field. */
export function parseCronStart(text: string): Parsed<string> {
  const fields = text.trim().split(/\s+/);
  // More than croner's own check: it would take "@daily", a date, and a seventh field for a schedule as well.
  if (text.length > 256 || !/^[\w*,/\-#?+]+( [\w*,/\-#?+]+){4,5}$/.test(fields.join(' '))) {
    return bad(
      [],
      'bad_cron',
      `${quote(text)} is not cron: five fields, or six with seconds first, for example "0 22 * * 6".`,
    );
  }
  const weekday = fields.at(-1) ?? '';
  if (isRestricted(fields.at(-3) ?? '') && isRestricted(weekday) && !weekday.startsWith('+')) {
    return bad(
      [],
      'ambiguous_cron_days',
      `${quote(text)} names days of the month and of the week; some systems mean both, some either. ` +
        'Write "+" before the weekday for both (first Monday: "0 2 1-7 * +MON"), or make two windows for either.',
    );
  }
  return checkStarts(fields.join(' '));
}

/** The shortest time between two starts; null where none was found within {@link PROBE_SPAN_MS}. */
export function shortestPeriodMs(start: CronStart): number | null {
  let shortest: number | null = null;
  let previous = start.next(PROBE_START_MS - 1);
  for (let count = 0; previous !== null && count < PROBE_STARTS; count += 1) {
    const next = start.next(previous);
    if (next === null || next > PROBE_START_MS + PROBE_SPAN_MS) break;
    shortest = Math.min(shortest ?? Number.POSITIVE_INFINITY, next - previous);
    previous = next;
  }
  return shortest;
}

function isRestricted(field: string): boolean {
  return field !== '*' && field !== '?';
}

function checkStarts(expression: string): Parsed<string> {
  try {
    // The calendar repeats every 400 years, and croner looks that far: no start from here on is no start ever.
    if (compileCronStart(expression).next(PROBE_START_MS) !== null) return good(expression);
    return bad(
      [],
      'never_starts',
      `${quote(expression)} names a day that does not exist, so the window would never start.`,
    );
  } catch (error: unknown) {
    const reason = error instanceof Error ? error.message.replace(/^CronPattern: /, '') : 'not understood';
    return bad([], 'bad_cron', `${quote(expression)} is not cron. ${tame(reason, 200)}`);
  }
}
