import { DEFAULT_HISTORY_PAGE, type HistoryAsked, MAX_HISTORY_PAGE } from '../service/historyAsked.ts';
import { readInstant } from '../time/readInstant.ts';
import type { Answer } from '../wire/problem.ts';
import { invalidQuery, noInstant } from './parseRange.ts';

export type ParsedHistoryAsked =
  | { readonly ok: true; readonly value: HistoryAsked }
  | { readonly ok: false; readonly answer: Answer };

/** Reads which part of a history a query asks for: `from`, `until`, `limit` and `continuation`. */
export function parseHistoryAsked(query: URLSearchParams): ParsedHistoryAsked {
  const [from, until, limit, continuation] = ['from', 'until', 'limit', 'continuation'].map((name) =>
    query.get(name),
  );
  const fromMs = from == null ? null : (readInstant(from) ?? undefined);
  if (fromMs === undefined) {
    return refuse('/from', noInstant(from ?? ''));
  }
  const untilMs = until == null ? null : (readInstant(until) ?? undefined);
  if (untilMs === undefined) {
    return refuse('/until', noInstant(until ?? ''));
  }
  if (fromMs !== null && untilMs !== null && untilMs <= fromMs) {
    return refuse('/until', 'must be after from');
  }
  if (limit != null && (!/^[1-9]\d{0,2}$/.test(limit) || Number(limit) > MAX_HISTORY_PAGE)) {
    return refuse('/limit', `must be 1 to ${MAX_HISTORY_PAGE}`);
  }
  const after = continuation == null ? null : readPlace(continuation);
  if (continuation != null && after === null) {
    return refuse('/continuation', 'must be what the answer before had');
  }
  return {
    ok: true,
    value: { fromMs, untilMs, after, limit: limit == null ? DEFAULT_HISTORY_PAGE : Number(limit) },
  };
}

/** Where a history goes on, as one word; callers need not know what is in it. */
export function writePlace(place: string | null): string | null {
  return place === null ? null : Buffer.from(place).toString('base64url');
}

/** A place begins with an instant, and has nothing that a filter of the storage would read otherwise. */
const PLACE = /^\d{13}\|[\w|:.@ -]{0,200}$/;

function readPlace(text: string): string | null {
  if (!/^[\w-]{1,400}$/.test(text)) {
    return null;
  }
  const place = Buffer.from(text, 'base64url').toString('utf8');
  return PLACE.test(place) ? place : null;
}

function refuse(pointer: string, message: string): ParsedHistoryAsked {
  return { ok: false, answer: invalidQuery(pointer, message) };
}
