import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import { ofApp } from '../openapi/kindsOfOperation.ts';
import type { Operation } from '../openapi/operation.ts';
import type { SwaggerDocument } from '../openapi/swagger.ts';
import { type Answer, jsonAnswer } from '../wire/problem.ts';
import type { PathParameters, Surroundings } from './route.ts';

/** What the document tells of it. */
export const operation: Operation = {
  ...ofApp,
  operationId: 'GetOpenApi',
  summary: 'Get this description',
  description: 'Tells every door of the app as OpenAPI 2.0.',
  visibility: 'internal',
  answers: { 200: ['This document.', 'OpenApi'] },
};

/** `GET /api/openapi.json`: every route of this app, at the address by which it was asked. */
export async function answer(
  _composed: Composed,
  { url }: DoorRequest,
  _parameters: PathParameters,
  surroundings: Surroundings,
): Promise<Answer> {
  made ??= makeDocument(surroundings);
  return jsonAnswer(200, { ...(await made), host: url.host, schemes: [url.protocol.replace(':', '')] });
}

let made: Promise<SwaggerDocument> | null = null;

/** Loaded and made when it is first asked for: no other route needs it. */
async function makeDocument({ routes, readCallers }: Surroundings): Promise<SwaggerDocument> {
  const [{ describeRoutes, openApiDocument }, { entraSecurity, keySecurity }] = await Promise.all([
    import('../openapi/openApiDocument.ts'),
    import('../openapi/security.ts'),
  ]);
  const callers = readCallers();
  const described = await describeRoutes(routes);
  return openApiDocument(described, callers?.kind === 'entra' ? entraSecurity(callers) : keySecurity);
}
