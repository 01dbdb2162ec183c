import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { formatInstant } from '../model/instant.ts';
import { type Query, querySchema } from '../model/query.ts';
import { userQueriesOf, wireQuery } from './findQuery.ts';
import { type Operation, type OperationCall, userFieldOf } from './operationCall.ts';
import { parseQueryText } from './queryText.ts';
import { parseBody } from './requestBody.ts';

const bodySchema = z.object({
  name: z.string().min(1),
  description: z.string().nullish(),
  query: z.string().min(1),
});

/** `POST /ScheduledQueries`. Source: "Create report query API". */
export const createQuery: Operation = (call) => {
  const body = bodySchema.safeParse(parseBody(call.bodyText));
  if (!body.success) {
    return refusal(400, messages.missingValue);
  }
  const parsed = parseQueryText(body.data.query, call.surface.family);
  if (!parsed.ok) {
    return refusal(400, parsed.message);
  }
  // Letters, digits and blanks only: seen by a production client, written nowhere.
  if (!/^[\p{L}\p{N}\s]+$/u.test(body.data.name)) {
    return refusal(400, messages.invalidReport);
  }
  if (userQueriesOf(call).length >= call.world.policies.queryQuota) {
    return refusal(400, messages.queryQuota);
  }
  const query = newQuery(call, body.data);
  call.world.queries.set(query.queryId, query);
  call.world.revision += 1;
  return success([wireQuery(query)], messages.queryCreated);
};

function newQuery(call: OperationCall, body: z.infer<typeof bodySchema>): Query {
  return querySchema.parse({
    tenantId: call.principal.tenantId,
    family: call.surface.family,
    queryId: randomUUID(),
    name: body.name,
    description: body.description ?? '',
    query: body.query,
    user: userFieldOf(call),
    createdTime: formatInstant(call.world.clock.nowMs()),
  });
}
