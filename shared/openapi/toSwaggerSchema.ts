import type { SwaggerSchema } from './swagger.ts';

/** The formats that connectors know. Source: microsoft/PowerPlatformConnectors, schemas/apiDefinition.swagger.schema.json. */
const FORMATS: ReadonlySet<unknown> = new Set(['date-time', 'date', 'uri', 'int32', 'int64', 'double']);

/** What OpenAPI 2.0 has no word for: better no document than one that says something else. */
const IMPOSSIBLE = ['anyOf', 'oneOf', 'not', 'const', 'patternProperties', 'if', 'propertyNames'];

/**
 * Turns a schema as zod writes it for OpenAPI 3.0 into one of OpenAPI 2.0: `nullable` becomes `x-nullable`, a title
 * becomes `x-ms-summary`, and a definition that is referred to with words of its own is written out. Pure.
 * @throws Error for a schema that OpenAPI 2.0 cannot tell.
 */
export function toSwaggerSchema(schema: unknown, definitionOf: (ref: string) => unknown): SwaggerSchema {
  const told = objectOf(schema);
  const impossible = IMPOSSIBLE.find((word) => word in told);
  if (impossible !== undefined) {
    throw new Error(`OpenAPI 2.0 has no ${impossible}: ${JSON.stringify(told).slice(0, 200)}`);
  }
  const { allOf, ...own } = told;
  if (Array.isArray(allOf)) {
    const [only, ...others] = allOf;
    if (others.length > 0) {
      throw new Error('OpenAPI 2.0 tells an object that is several objects badly');
    }
    const meant = objectOf(definitionOf(String(objectOf(only)['$ref'])));
    return toSwaggerSchema({ ...meant, ...own }, definitionOf);
  }
  const nested = (one: unknown) => toSwaggerSchema(one, definitionOf);
  return Object.fromEntries(Object.entries(own).flatMap(([key, value]) => convert(key, value, own, nested)));
}

function convert(
  key: string,
  value: unknown,
  schema: SwaggerSchema,
  nested: (schema: unknown) => SwaggerSchema,
): readonly (readonly [string, unknown])[] {
  switch (key) {
    case '$id':
    case '$schema':
      return [];
    case 'default':
      return value === '' ? [] : [[key, value]];
    case 'title':
      return [['x-ms-summary', value]];
    case 'nullable':
      return [['x-nullable', value]];
    case 'format':
      return FORMATS.has(value) ? [[key, value]] : [];
    case 'pattern':
      // The format says it shorter.
      return FORMATS.has(schema['format']) ? [] : [[key, value]];
    case 'maximum':
    case 'minimum':
      return Number.isSafeInteger(value) && Math.abs(Number(value)) === Number.MAX_SAFE_INTEGER
        ? []
        : [[key, value]];
    case 'items':
      return [[key, nested(value)]];
    case 'additionalProperties':
      return [[key, typeof value === 'boolean' ? value : nested(value)]];
    case 'properties':
      return [
        [key, Object.fromEntries(Object.entries(objectOf(value)).map(([name, one]) => [name, nested(one)]))],
      ];
    default:
      return [[key, value]];
  }
}

function objectOf(value: unknown): SwaggerSchema {
  if (typeof value !== 'object' || value === null) {
    throw new Error('a schema is an object');
  }
  return Object.fromEntries(Object.entries(value));
}
