import { changeDoors } from './changeDoors.ts';
import { type DefinitionName, definitions, refTo } from './definitions.ts';
import type { Door, Tag } from './door.ts';
import { appDoors, consentDoors, runDoors } from './otherDoors.ts';
import { problemTexts, RETRY_LATER } from './problemTexts.ts';
import type { Security } from './security.ts';
import type { SwaggerDocument, SwaggerOperation, SwaggerParameter, SwaggerResponse } from './swagger.ts';
import { tellingDoors } from './tellingDoors.ts';

/** Counts changes of the interface, not of the app. */
const VERSION = '1.0';

/** Every door, in the order in which people read of them. */
export const doors: readonly Door[] = [
  ...changeDoors,
  ...tellingDoors,
  ...runDoors,
  ...appDoors,
  ...consentDoors,
];

const tags: Readonly<Record<Tag, string>> = {
  Changes: 'Pause and resume reports.',
  Reports: 'What is paused, why, and what comes next.',
  Runs: 'Requests that were kept.',
  Operations: 'The app itself.',
  Webhooks: 'Deliveries of other systems.',
};

/** The OpenAPI 2.0 document of these doors. Pure, and slow enough to be kept. */
export function openApiDocument(told: readonly Door[], security: Security): SwaggerDocument {
  const paths: Record<string, Record<string, SwaggerOperation>> = {};
  for (const door of told) {
    paths[door.path] = { ...paths[door.path], [door.method]: operationOf(door, security) };
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

function operationOf(door: Door, security: Security): SwaggerOperation {
  const { operationId, summary, description, tag, visibility, isOpen } = door;
  return {
    ...{ operationId, summary, description, tags: [tag], 'x-ms-visibility': visibility },
    ...(isOpen ? { security: [] } : {}),
    produces: ['application/json', 'application/problem+json'],
    parameters: [...door.parameters, ...bodyOf(door)],
    responses: responsesOf(door, security),
  };
}

function bodyOf({ body }: Door): readonly SwaggerParameter[] {
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

function responsesOf(door: Door, { refusals }: Security): Readonly<Record<string, SwaggerResponse>> {
  const told = Object.entries(door.answers).map(
    ([status, [description, schema]]) =>
      [Number(status), response(Number(status), description, schema)] as const,
  );
  const statuses = [...door.problems, ...(door.isOpen ? [] : refusals)];
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
