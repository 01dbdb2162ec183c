import type { RunRecord } from '../runs/runRecord.ts';
import { shownEnd } from '../service/shownEnd.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';

/** How soon it is worth asking again. */
const RETRY_AFTER_IN_SECONDS = '5';

/**
 * 202 for a run that works on. `Location` is absolute and bears the run's own token, because some pollers send no
 * credentials with it (Power Automate), and names nothing but this run. Where the storage took no token it is the run itself,
 * which wants the caller's own credentials.
 */
export function acceptedAnswer(
  url: URL,
  {
    record,
    token,
    isReplay,
  }: { readonly record: RunRecord; readonly token: string | null; readonly isReplay: boolean },
): Answer {
  const run = `/api/runs/${record.runId}`;
  const location = new URL(token === null ? run : `${run}/status`, url.origin);
  if (token !== null) {
    location.searchParams.set('token', token);
  }
  return workingAnswer(record, {
    location: location.href,
    ...(isReplay ? { 'idempotent-replayed': 'true' } : {}),
  });
}

/** 202 with how far the run is. */
export function workingAnswer(record: RunRecord, headers: Readonly<Record<string, string>>): Answer {
  const { runId, correlationId, total, cursor, work } = record;
  const end = work.door === 'pause' ? shownEnd(work.request) : {};
  const body = { runId, correlationId, status: 'working', total, done: cursor, ...end };
  return jsonAnswer(202, body, { 'retry-after': RETRY_AFTER_IN_SECONDS, ...headers });
}
