import { z } from 'zod';
import { type Answer, problemAnswer } from './problem.ts';

const instant = z.iso.datetime({ offset: true });

/** The longest range that a forecast covers. */
const MAX_RANGE_IN_MS = 370 * 86_400_000;

export type ParsedRange =
  | { readonly ok: true; readonly value: { readonly atMs: number; readonly untilMs: number | null } }
  | { readonly ok: false; readonly answer: Answer };

/** Reads `at` (default now) and `until` (default none) of a query. */
export function parseRange(query: URLSearchParams, nowMs: number): ParsedRange {
  const atMs = readInstant(query.get('at'), nowMs);
  const untilMs = readInstant(query.get('until'), null);
  if (atMs === undefined) {
    return refuse('/at', 'must be an instant like 2026-01-31T06:00:00Z');
  }
  if (untilMs === undefined || (untilMs !== null && (untilMs <= atMs || untilMs - atMs > MAX_RANGE_IN_MS))) {
    return refuse('/until', 'must be an instant after at, and at most 370 days later');
  }
  return { ok: true, value: { atMs, untilMs } };
}

function readInstant<Otherwise>(text: string | null, otherwise: Otherwise): number | Otherwise | undefined {
  if (text === null || text === '') {
    return otherwise;
  }
  return instant.safeParse(text).success ? Date.parse(text) : undefined;
}

function refuse(pointer: string, message: string): { ok: false; answer: Answer } {
  return {
    ok: false,
    answer: problemAnswer(400, {
      code: 'invalid_query',
      title: 'The query is invalid.',
      errors: [{ pointer, message }],
    }),
  };
}
