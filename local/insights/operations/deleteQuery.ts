import { refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { userQueriesOf, wireQuery } from './findQuery.ts';
import type { Operation } from './operationCall.ts';

/** `DELETE /ScheduledQueries/{queryId}`: user-defined queries only. Source: "Delete report query API". */
export const deleteQuery: Operation = (call) => {
  const query = userQueriesOf(call).find((candidate) => candidate.queryId === call.id.toLowerCase());
  if (query === undefined) {
    return refusal(404, messages.nothingFound);
  }
  call.world.queries.delete(query.queryId);
  call.world.revision += 1;
  return success([wireQuery(query)], messages.queryDeleted);
};
