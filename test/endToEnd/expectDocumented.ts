import type { ValidateFunction } from 'ajv';
import Draft04 from 'ajv-draft-04';
import addFormats from 'ajv-formats';
import { describeRoutes, openApiDocument } from '../../shared/openapi/openApiDocument.ts';
import { entraSecurity, keySecurity } from '../../shared/openapi/security.ts';
import type { SwaggerDocument, SwaggerOperation } from '../../shared/openapi/swagger.ts';
import { routes } from '../../shared/routes/routes.ts';

/** An answer to be held against the document. */
export interface GivenAnswer {
  readonly method: string;
  /** Absolute, or a path that begins with `/`. */
  readonly url: string;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

const PROBLEM = '#/definitions/Problem';
const PROBLEM_TYPE = 'application/problem+json';
const DOCUMENT = 'http://localhost/api/openapi.json';

const callers = { authorityHost: 'https://login.localhost', tenantId: 'tenant', audiences: ['api://app'] };
const validators = new Map<string, ValidateFunction>();
const ajv = new Draft04.default({ strict: false });
addFormats.default(ajv);

/** The document as an app with function keys and as one with tokens of Entra serves it. */
export const documents = describeRoutes(routes).then((described) => {
  const withKeys = openApiDocument(described, keySecurity);
  ajv.addSchema({ id: DOCUMENT, definitions: strictView(withKeys.definitions) });
  return { withKeys, withEntra: openApiDocument(described, entraSecurity(callers)) };
});

/**
 * Fails where the service gave an answer that its OpenAPI document does not tell: an unknown status, a body of another
 * shape or with a field more, a wrong content type, no `Retry-After` where one is promised. What the platform answers
 * by itself (404 for a route that is none, 401 without a key, 413 above its own limit) has no body.
 */
export async function expectDocumented(answer: GivenAnswer): Promise<void> {
  const { withKeys, withEntra } = await documents;
  // Which of the two an app serves is a setting; an app that asks for keys never answers 403.
  const wrong = undocumented(withKeys, answer) && undocumented(withEntra, answer);
  if (wrong !== null) {
    throw new Error(`${answer.method} ${answer.url} answered ${answer.status}: ${wrong}`);
  }
}

/**
 * Holds against the document what `fetch` brings from the app at this origin, for clients that run in the test's own
 * process. @returns what ends it.
 */
export function documentFetch(origin: string): () => void {
  const plain = globalThis.fetch;
  globalThis.fetch = async (...asked) => {
    const response = await plain(...asked);
    if (response.url.startsWith(`${origin}/`)) {
      const { status, headers, url } = response;
      const text = await response.clone().text();
      await expectDocumented({ method: asked[1]?.method ?? 'GET', url, status, headers, text });
    }
    return response;
  };
  return () => {
    globalThis.fetch = plain;
  };
}

/** What of an answer is not in the document; null where all of it is. */
export function undocumented(of: SwaggerDocument, answer: GivenAnswer): string | null {
  const { method, status, headers, text } = answer;
  const { pathname } = new URL(answer.url, 'http://localhost');
  // The page and its files are for people.
  if (!/^\/api\/(?!ui(?:\/|$))/i.test(pathname) || method === 'OPTIONS') {
    return null;
  }
  const operation = isDecodable(pathname) ? operationAt(of, method, pathname) : null;
  if (operation === null) {
    return status === 404 && text === '' ? null : 'there is no such operation in the document';
  }
  if (status === 401 && text === '' && operation.security === undefined) {
    return null;
  }
  if (status === 413 && text === '') {
    return null;
  }
  const response = operation.responses[status];
  if (response?.schema === undefined) {
    return `${operation.operationId} does not tell this status`;
  }
  if ('Retry-After' in (response.headers ?? {}) && !/^\d+$/.test(headers.get('retry-after') ?? '')) {
    return 'there is no Retry-After';
  }
  // A problem document has a content type of its own, by which it is known wherever it comes.
  const isProblem = headers.get('content-type') === PROBLEM_TYPE;
  const ref = isProblem ? PROBLEM : String(response.schema['$ref']);
  const type = ref === PROBLEM ? PROBLEM_TYPE : 'application/json';
  return headers.get('content-type') === type ? faultOf(ref, text) : `the content type is not ${type}`;
}

/** The router takes a path that is no UTF-8 for none of its routes. */
function isDecodable(pathname: string): boolean {
  try {
    decodeURIComponent(pathname);
    return true;
  } catch {
    return false;
  }
}

function operationAt(of: SwaggerDocument, method: string, pathname: string): SwaggerOperation | null {
  const found = Object.entries(of.paths)
    .filter(([path]) => new RegExp(`^${path.replace(/\{\w+\}/g, '[^/]+')}/?$`, 'i').test(pathname))
    // As the router does: what is spelled out goes before what is a parameter.
    .sort(([one], [other]) => one.split('{').length - other.split('{').length);
  const operations = found.flatMap(([, operations]) => operations[method.toLowerCase()] ?? []);
  return operations[0] ?? null;
}

function faultOf(ref: string, text: string): string | null {
  const validate = validators.get(ref) ?? ajv.compile({ $ref: `${DOCUMENT}${ref}` });
  validators.set(ref, validate);
  if (validate(JSON.parse(text))) {
    return null;
  }
  const [error] = validate.errors ?? [];
  return `${error?.instancePath} ${error?.message} ${JSON.stringify(error?.params)} in ${text.slice(0, 2000)}`;
}

/** The same schemas, but with no field that is not told, and null where `x-nullable` says so. */
function strictView(schema: unknown): unknown {
  if (Array.isArray(schema)) {
    return schema.map(strictView);
  }
  if (typeof schema !== 'object' || schema === null) {
    return schema;
  }
  const entries = Object.entries(schema);
  const view = Object.fromEntries(entries.map(([key, value]) => [key, strictView(value)]));
  const isObject = 'properties' in view && !('additionalProperties' in view) && 'type' in view;
  const closed = isObject ? { ...view, additionalProperties: false } : view;
  return view['x-nullable'] === true ? { anyOf: [closed, { type: 'null' }] } : closed;
}
