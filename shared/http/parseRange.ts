import { readInstant } from '../time/readInstant.ts';
import { utcText } from '../windows/formatInstant.ts';
import { quote } from '../windows/windowProblem.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';

/** The longest range that a forecast covers. */
const MAX_RANGE_IN_MS = 370 * 86_400_000;

export type ParsedRange =
  | { readonly ok: true; readonly value: { readonly atMs: number; readonly untilMs: number | null } }
  | { readonly ok: false; readonly answer: Answer };

/** Reads the range `[at, until)` of a query: `at` is now by default, `until` none. */
export function parseRange(query: URLSearchParams, nowMs: number): ParsedRange {
  const [at, until] = [query.get('at') ?? '', query.get('until') ?? ''];
  const atMs = at === '' ? nowMs : (readInstant(at) ?? undefined);
  const untilMs = until === '' ? null : (readInstant(until) ?? undefined);
  if (atMs === undefined) {
    return refuse('/at', noInstant(at));
  }
  if (untilMs === undefined) {
    return refuse('/until', noInstant(until));
  }
  if (untilMs !== null && untilMs <= atMs) {
    return refuse('/until', `${quote(until)} must be an instant after at, which is ${utcText(atMs)}`);
  }
  if (untilMs !== null && untilMs - atMs > MAX_RANGE_IN_MS) {
    return refuse('/until', `${quote(until)} must be at most 370 days after at, which is ${utcText(atMs)}`);
  }
  return { ok: true, value: { atMs, untilMs } };
}

/** In a query a plus is a blank, so that an offset written with one arrives with the other. */
export function noInstant(text: string): string {
  const withPlus = text.replace(' ', '+');
  return withPlus !== text && readInstant(withPlus) !== null
    ? `${quote(text)} has a blank for its plus: write %2B in a query, as in ${withPlus.replace('+', '%2B')}`
    : `${quote(text)} must be an instant like 2026-01-31T06:00:00Z`;
}

function refuse(pointer: string, message: string): { ok: false; answer: Answer } {
  return { ok: false, answer: invalidQuery(pointer, message) };
}

/** A parameter of the query that cannot be used, by its name as a pointer. */
export function invalidQuery(pointer: string, message: string): Answer {
  return problemAnswer(400, {
    code: 'invalid_query',
    title: 'The query is invalid.',
    errors: [{ pointer, message }],
  });
}
