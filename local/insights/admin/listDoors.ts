import type { Change } from '../model/change.ts';
import type { ReceivedRequest } from '../requestLog.ts';

/** What was received, oldest first: filters `operation`, `method`, `reportId`, `status`, `clientId`, `fault`, `sinceSeq`. */
export function listRequests(
  requests: readonly ReceivedRequest[],
  query: URLSearchParams,
): ReceivedRequest[] {
  const since = sinceSeq(query);
  return requests.filter(
    (request) =>
      request.seq > since &&
      isWanted(query, 'operation', request.operation) &&
      isWanted(query, 'method', request.method) &&
      isWanted(query, 'reportId', request.reportId) &&
      isWanted(query, 'status', request.status === null ? null : String(request.status)) &&
      isWanted(query, 'clientId', request.principal?.clientId ?? null) &&
      isWanted(query, 'fault', request.fault),
  );
}

/**
 * Every status change, oldest first: filters `reportId`, `operation`, `to`, `by` (kind, client or user), `sinceSeq`; with
 * `all=true` also what people did that changed no status.
 */
export function listChanges(changes: readonly Change[], query: URLSearchParams): Change[] {
  const since = sinceSeq(query);
  const by = query.get('by');
  const isAll = query.get('all') === 'true';
  return changes.filter(
    (change) =>
      change.seq > since &&
      (isAll || change.from !== change.to) &&
      isWanted(query, 'reportId', change.reportId) &&
      isWanted(query, 'operation', change.operation) &&
      isWanted(query, 'to', change.to) &&
      (by === null || [change.by.kind, change.by.clientId, change.by.userName].includes(by)),
  );
}

function sinceSeq(query: URLSearchParams): number {
  return Number(query.get('sinceSeq') ?? 0) || 0;
}

function isWanted(query: URLSearchParams, name: string, value: string | null): boolean {
  const wanted = query.get(name);
  return wanted === null || wanted.toLowerCase() === value?.toLowerCase();
}
