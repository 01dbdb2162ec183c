import type { SeenIngestion } from './ingestionWatch.ts';
import type { SendOutcome } from './telemetryItem.ts';

/** Answers after which the same item may be taken later. Source: "Application Insights endpoint protocol". */
const AGAIN: ReadonlySet<number> = new Set([401, 403, 408, 429, 439, 500, 502, 503, 504]);

/** The monthly quota; tried again rarely, because the next month comes. */
const QUOTA_EXCEEDED = 402;
const QUOTA_DELAY_IN_MS = 15 * 60_000;

/**
 * What one attempt means for the items of its batch. Where no answer came, they may have been taken all the same: they are
 * sent again, for telling twice is better than not at all. Pure.
 */
export function judgeIngestion(seen: SeenIngestion, hasSucceeded: boolean, count: number): SendOutcome {
  const { status, body, problem } = seen;
  if (status === null) {
    // Without an attempt there was no token for it.
    return failed(problem ?? 'no_token', all(count), 0, null);
  }
  if (status === 206) {
    const { again, lost } = refusedItems(body, count);
    return again.length + lost === 0 ? { kind: 'sent' } : failed('206', again, lost, null);
  }
  if (status === 200 && hasSucceeded) {
    return { kind: 'sent' };
  }
  if (status === QUOTA_EXCEEDED) {
    return failed('402', all(count), 0, QUOTA_DELAY_IN_MS);
  }
  return AGAIN.has(status)
    ? failed(String(status), all(count), 0, delayOf(seen.retryAfter))
    : failed(String(status), [], count, null);
}

function failed(
  reason: string,
  again: readonly number[],
  lost: number,
  retryAfterInMs: number | null,
): SendOutcome {
  return { kind: 'failed', reason, again, lost, retryAfterInMs };
}

function all(count: number): readonly number[] {
  return Array.from({ length: count }, (_, position) => position);
}

/** Seconds or a date; null where it is neither. */
function delayOf(header: string | null): number | null {
  const inSeconds = Number(header ?? Number.NaN);
  return Number.isFinite(inSeconds) && inSeconds >= 0 ? inSeconds * 1000 : null;
}

/** The items that a partial success left out: those that may come again by their positions, the others by number. */
function refusedItems(body: string, count: number): { again: readonly number[]; lost: number } {
  const again: number[] = [];
  let lost = 0;
  for (const { index, statusCode } of errorsOf(body)) {
    if (index >= 0 && index < count && AGAIN.has(statusCode)) {
      again.push(index);
    } else {
      lost += 1;
    }
  }
  return { again, lost };
}

function errorsOf(body: string): readonly { index: number; statusCode: number }[] {
  const errors = field(parseJson(body), 'errors');
  return Array.isArray(errors)
    ? errors.map((error: unknown) => ({
        index: Number(field(error, 'index')),
        statusCode: Number(field(error, 'statusCode')),
      }))
    : [];
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null && name in value ? Reflect.get(value, name) : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
