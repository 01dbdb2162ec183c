import { type DefinitionName, definitions, refTo } from './definitions.ts';
import type { Operation, Tag } from './operation.ts';
import { problemTexts, RETRY_LATER } from './problemTexts.ts';
import type { Security } from './security.ts';
import type { SwaggerDocument, SwaggerOperation, SwaggerParameter, SwaggerResponse } from './swagger.ts';

/** Counts changes of the interface, not of the app. */
const VERSION = '1.0';

/** A route with what the document tells of it. */
export interface DescribedRoute extends Operation {
  readonly method: string;
  /** With `/api` and, in braces, the names of its parameters. */
  readonly path: string;
  /** Needs neither a key nor a token of Entra. */
  readonly isOpen: boolean;
}

/** As much of a route as its description takes. */
interface RouteToDescribe {
  readonly methods: readonly [string, ...string[]];
  readonly path: string;
  readonly role: string | null;
  readonly load: () => Promise<{ readonly operation: Operation | null }>;
}

/** Every route that has a place in the document, in the order of the table. */
export async function describeRoutes(
  routes: Readonly<Record<string, RouteToDescribe>>,
): Promise<readonly DescribedRoute[]> {
  const described = await Promise.all(
    Object.values(routes).map(async ({ methods: [method], path, role, load }) => {
      const { operation } = await load();
      const place = { method: method.toLowerCase(), path: `/api/${path}`, isOpen: role === null };
      return operation === null ? [] : [{ ...operation, ...place }];
    }),
  );
  return described.flat();
}

const tags: Readonly<Record<Tag, string>> = {
  Changes: 'Pause and resume reports.',
  Reports: 'What is paused, why, and what comes next.',
  Runs: 'Requests that were kept.',
  Operations: 'The app itself.',
  Webhooks: 'Deliveries of other systems.',
};

/** The OpenAPI 2.0 document of these routes. Pure, and slow enough to be kept. */
export function openApiDocument(described: readonly DescribedRoute[], security: Security): SwaggerDocument {
  const paths: Record<string, Record<string, SwaggerOperation>> = {};
  for (const route of described) {
    paths[route.path] = { ...paths[route.path], [route.method]: operationOf(route, security) };
  }
  return {
    swagger: '2.0',
    info: {
      title: 'Intermission',
      description:
        'Pauses the Partner Center Insights reports of a Microsoft partner for maintenance windows, and afterwards resumes exactly those.',
      version: VERSION,
    },
    basePath: '/',
    consumes: ['application/json'],
    produces: ['application/json', 'application/problem+json'],
    paths,
    definitions: definitions(),
    securityDefinitions: security.definitions,
    security: security.required,
    tags: Object.entries(tags).map(([name, description]) => ({ name, description })),
  };
}

function operationOf(route: DescribedRoute, security: Security): SwaggerOperation {
  const { operationId, summary, description, tag, visibility, isOpen } = route;
  return {
    ...{ operationId, summary, description, tags: [tag], 'x-ms-visibility': visibility },
    ...(isOpen ? { security: [] } : {}),
    produces: ['application/json', 'application/problem+json'],
    parameters: [...route.parameters, ...bodyOf(route)],
    responses: responsesOf(route, security),
  };
}

function bodyOf({ body }: DescribedRoute): readonly SwaggerParameter[] {
  return body === null
    ? []
    : [
        {
          name: 'body',
          in: 'body',
          required: body.isRequired,
          schema: { $ref: refTo(body.schema) },
          'x-ms-summary': 'Request',
          description: body.description,
        },
      ];
}

function responsesOf(
  route: DescribedRoute,
  { refusals }: Security,
): Readonly<Record<string, SwaggerResponse>> {
  const told = Object.entries(route.answers).map(
    ([status, [description, schema]]) =>
      [Number(status), response(Number(status), description, schema)] as const,
  );
  const statuses = [...route.problems, ...(route.isOpen ? [] : refusals)];
  const problems = statuses.map(
    (status) => [status, response(status, problemTexts[status] ?? 'A problem.', 'Problem')] as const,
  );
  return Object.fromEntries([...problems, ...told].sort(([one], [other]) => one - other));
}

function response(status: number, description: string, schema: DefinitionName): SwaggerResponse {
  const retryAfter = { type: 'string', description: 'After so many seconds it is worth asking again.' };
  const location = { type: 'string', description: 'The address that tells how far the run is.' };
  return {
    description,
    schema: { $ref: refTo(schema) },
    ...(RETRY_LATER.has(status) && (schema === 'Problem' || schema === 'Accepted')
      ? { headers: { 'Retry-After': retryAfter, ...(schema === 'Accepted' ? { Location: location } : {}) } }
      : {}),
  };
}
