import type { Query } from '../model/query.ts';
import type { OperationCall } from './operationCall.ts';
import { systemQueriesOf } from './systemQueries.ts';

/** The user-defined queries of the caller's tenant and surface. */
export function userQueriesOf({ world, surface, principal }: OperationCall): Query[] {
  return [...world.queries.values()].filter(
    (query) => query.tenantId === principal.tenantId && query.family === surface.family,
  );
}

/** The text of a system or user-defined query, or null. */
export function findQueryText(call: OperationCall, queryId: string): string | null {
  const candidates = [...systemQueriesOf(call.surface.family), ...userQueriesOf(call)];
  return candidates.find((query) => query.queryId === queryId.toLowerCase())?.query ?? null;
}

/** A user-defined query as the wire shows it. */
export function wireQuery({ queryId, name, description, query, user, createdTime }: Query) {
  return { queryId, name, description, query, type: 'userDefined', user, createdTime };
}
