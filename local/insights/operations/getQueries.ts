import { refusal } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { userQueriesOf, wireQuery } from './findQuery.ts';
import { type Operation, type OperationCall, queryParameter } from './operationCall.ts';
import { page } from './page.ts';
import { systemQueriesOf } from './systemQueries.ts';

/** `GET /ScheduledQueries?queryId=&queryName=&includeSystemQueries=&includeOnlySystemQueries=`. */
export const getQueries: Operation = (call) => {
  const queryId = queryParameter(call, 'queryId')?.toLowerCase();
  const name = queryParameter(call, 'queryName');
  const items = candidates(call).filter(
    (query) => (queryId === undefined || query.queryId === queryId) && (name === null || query.name === name),
  );
  if (items.length === 0 && call.world.policies.emptyList === 'notFound') {
    return refusal(404, messages.nothingFound);
  }
  return page(call, '/ScheduledQueries', items, messages.queriesFetched);
};

function candidates(call: OperationCall) {
  const onlySystem = queryParameter(call, 'includeOnlySystemQueries')?.toLowerCase() === 'true';
  const withSystem = onlySystem || queryParameter(call, 'includeSystemQueries')?.toLowerCase() !== 'false';
  const system = systemQueriesOf(call.surface.family).map(({ queryId, name, query }) => ({
    queryId,
    name,
    description: name,
    query,
    type: 'system',
    user: 'System',
    createdTime: '2021-01-01T00:00:00Z',
  }));
  return [...(withSystem ? system : []), ...(onlySystem ? [] : userQueriesOf(call).map(wireQuery))];
}
