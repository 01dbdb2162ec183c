import { type Item, refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { findQueryText } from './findQuery.ts';
import { type Operation, queryParameter } from './operationCall.ts';
import { parseQueryText } from './queryText.ts';

/** Rows of a trial: 100 by the reference page (another page says 10). Source: "Try report queries API". */
const rowsOfTrial = 100;

/** `GET /ScheduledQueries/testQueryResult?exportQuery=` or `?queryId=`: made-up rows of the query's columns. */
export const testQuery: Operation = (call) => {
  const exportQuery = queryParameter(call, 'exportQuery');
  const queryId = queryParameter(call, 'queryId');
  if ((exportQuery === null) === (queryId === null)) {
    return refusal(400, messages.missingValue);
  }
  const text = exportQuery ?? findQueryText(call, queryId ?? '');
  if (text === null) {
    return refusal(400, messages.invalidQueryId);
  }
  const parsed = parseQueryText(text, call.surface.family);
  if (!parsed.ok) {
    return refusal(400, parsed.message);
  }
  const { columns, limit } = parsed.query;
  const rowCount = Math.min(limit ?? rowsOfTrial, rowsOfTrial);
  return success(
    Array.from({ length: rowCount }, (_, index) => rowOf(columns, index)),
    null,
  );
};

function rowOf(columns: readonly string[], index: number): Item {
  return Object.fromEntries(columns.map((column) => [column, `${column} ${index + 1}`]));
}
