/** A piece of a document, not known yet. */
type Told = Readonly<Record<string, unknown>>;

interface Operation {
  readonly where: string;
  readonly path: string;
  readonly told: Told;
}

const SCHEMA_WORDS = new Set([
  ...['$ref', 'format', 'title', 'description', 'default', 'multipleOf', 'maximum', 'exclusiveMaximum'],
  ...[
    'minimum',
    'exclusiveMinimum',
    'maxLength',
    'minLength',
    'pattern',
    'maxItems',
    'minItems',
    'uniqueItems',
  ],
  ...['maxProperties', 'minProperties', 'required', 'enum', 'additionalProperties', 'type', 'items', 'allOf'],
  ...['properties', 'discriminator', 'readOnly', 'xml', 'externalDocs', 'example', 'x-ms-dynamic-list'],
  ...['x-ms-dynamic-values', 'x-ms-enum-values', 'x-ms-summary', 'x-ms-test-value', 'x-ms-visibility'],
]);
const PARAMETER_WORDS = new Set([
  ...[
    'name',
    'in',
    'required',
    'schema',
    'type',
    'format',
    'items',
    'collectionFormat',
    'default',
    'maximum',
  ],
  ...[
    'minimum',
    'maxLength',
    'minLength',
    'pattern',
    'maxItems',
    'minItems',
    'uniqueItems',
    'enum',
    'description',
  ],
  ...['allowEmptyValue', 'x-ms-dynamic-list', 'x-ms-dynamic-values', 'x-ms-summary', 'x-ms-test-value'],
  ...['x-ms-visibility', 'x-ms-url-encoding'],
]);
const OPERATION_WORDS = new Set([
  ...['tags', 'summary', 'description', 'externalDocs', 'operationId', 'produces', 'consumes', 'parameters'],
  ...['responses', 'schemes', 'deprecated', 'security', 'x-ms-api-annotation', 'x-ms-no-generic-test'],
  ...['x-ms-pageable', 'x-ms-visibility'],
]);
const DOCUMENT_WORDS = new Set([
  ...['swagger', 'info', 'host', 'basePath', 'schemes', 'consumes', 'produces', 'paths', 'definitions'],
  ...['parameters', 'responses', 'security', 'securityDefinitions', 'tags', 'externalDocs'],
]);
const FORMATS = new Set([
  ...['int32', 'int64', 'float', 'double', 'byte', 'binary', 'date', 'date-time', 'password'],
  ...['date-no-tz', 'html', 'uri'],
]);
const VISIBILITIES = new Set([undefined, 'important', 'advanced', 'internal']);

/**
 * What in an OpenAPI document Microsoft's connectors do not take, or advise against.
 * Sources: microsoft/PowerPlatformConnectors, schemas/apiDefinition.swagger.schema.json (which words are known where,
 * formats, host); Microsoft Learn, "Follow coding standards" (operation ids, summaries, answers), "Learn best practices
 * for string fields" (lengths, endings) and "OpenAPI extensions" (x-ms-*).
 */
export function brokenRules(document: Told): readonly string[] {
  const operations = operationsOf(document);
  const schemas = [
    ...Object.entries(told(document['definitions'])).map(
      ([name, schema]) => [`definition ${name}`, schema] as const,
    ),
    ...operations.flatMap(({ where, told: operation }) => schemasOf(where, operation)),
  ];
  return [
    ...unknownWords('document', document, DOCUMENT_WORDS),
    ...infoFaults(told(document['info'])),
    ...(/^[^{}/ :\\]+(:\d+)?$/.test(String(document['host'])) ? [] : ['the host is no host name']),
    ...operations.flatMap((operation) => operationFaults(operation)),
    ...operations.flatMap((operation) => parameterFaults(operation)),
    ...schemas.flatMap(([where, schema]) => schemaFaults(where, schema)),
    ...repeated(operations.map(({ told: operation }) => String(operation['operationId']))).map(
      (id) => `${id} is the id of two operations`,
    ),
    ...missingRefs(document),
    ...dynamicFaults(document, operations),
  ];
}

function infoFaults({ title, description }: Told): readonly string[] {
  return [
    ...(String(title).length <= 30 ? [] : ['the title has more than 30 characters']),
    ...([title, description].some((text) => /\bAPI\b|Power (Apps|Automate|Platform)/i.test(String(text)))
      ? ['title or description names an API or a product of the platform']
      : []),
    ...(String(description).length >= 30 && String(description).length <= 500
      ? []
      : ['the description has not 30 to 500 characters']),
  ];
}

function operationFaults({ where, told: operation }: Operation): readonly string[] {
  const { operationId, summary, description } = operation;
  const responses = told(operation['responses']);
  const isGood = Object.keys(responses).some((status) => /^2\d\d$/.test(status));
  return [
    ...unknownWords(where, operation, OPERATION_WORDS),
    ...(/^([A-Z][a-z0-9]*)+$/.test(String(operationId)) ? [] : [`${where}: the id is not in Pascal case`]),
    ...(/^[A-Z][^/]{0,78}[A-Za-z0-9]$/.test(String(summary)) ? [] : [`${where}: the summary is none`]),
    ...(/^[A-Z].*\.$/.test(String(description)) ? [] : [`${where}: the description is no sentence`]),
    ...(`${summary}.` === description ? [`${where}: the description says no more than the summary`] : []),
    ...(VISIBILITIES.has(optional(operation['x-ms-visibility'])) ? [] : [`${where}: no such visibility`]),
    ...(isGood ? [] : [`${where}: no answer is a success`]),
    ...Object.entries(responses).flatMap(([status, response]) =>
      'schema' in told(response) && 'description' in told(response)
        ? []
        : [`${where}: the answer ${status} has no schema or no description`],
    ),
  ];
}

function parameterFaults({ where, path, told: operation }: Operation): readonly string[] {
  const parameters = list(operation['parameters']).map(told);
  const inPath = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
  const isTold = (name: string) => parameters.some((one) => one['name'] === name && one['in'] === 'path');
  return [
    ...inPath.filter((name) => !isTold(name)).map((name) => `${where}: {${name}} is not told`),
    ...parameters.flatMap((parameter) => {
      const at = `${where}: parameter ${parameter['name']}`;
      const isHidden = parameter['x-ms-visibility'] === 'internal' && parameter['required'] === true;
      return [
        ...unknownWords(at, parameter, PARAMETER_WORDS),
        ...textFaults(at, parameter),
        ...(parameter['in'] === 'path' && parameter['required'] !== true ? [`${at} is not required`] : []),
        ...(parameter['in'] !== 'body' && !('type' in parameter) ? [`${at} has no type`] : []),
        ...(isHidden && !('default' in parameter) ? [`${at} is hidden and required, without a default`] : []),
      ];
    }),
  ];
}

function schemaFaults(where: string, schema: unknown): readonly string[] {
  const { properties, items, additionalProperties, format, ...rest } = told(schema);
  const nested = [items, additionalProperties].filter((one) => typeof one === 'object');
  return [
    ...unknownWords(where, { ...rest }, SCHEMA_WORDS),
    ...(format === undefined || FORMATS.has(String(format))
      ? []
      : [`${where}: the format ${format} is not known`]),
    ...(Array.isArray(rest['type']) ? [`${where} has several types`] : []),
    ...nested.flatMap((one) => schemaFaults(where, one)),
    ...Object.entries(told(properties ?? {})).flatMap(([name, property]) => [
      ...textFaults(`${where}.${name}`, told(property)),
      ...schemaFaults(`${where}.${name}`, property),
    ]),
  ];
}

function textFaults(where: string, one: Told): readonly string[] {
  const title = String(one['x-ms-summary']);
  return [
    ...(/^[A-Z][^.!?]{0,78}[A-Za-z0-9)]$/.test(title) || /^[A-Z]\w$/.test(title)
      ? []
      : [`${where} has no title`]),
    ...(/^[A-Z].*\.$/.test(String(one['description'])) ? [] : [`${where} has no description`]),
  ];
}

/** A list to pick from names an operation, and fields that its answer has. */
function dynamicFaults(document: Told, operations: readonly Operation[]): readonly string[] {
  const found = [...JSON.stringify(document).matchAll(/"x-ms-dynamic-values":(\{[^}]*\})/g)];
  return found.flatMap(([, text = '{}']) => {
    const dynamic = told(JSON.parse(text));
    const source = operations.find(({ told: one }) => one['operationId'] === dynamic['operationId']);
    const answer = told(told(told(source?.told['responses'] ?? {})['200'] ?? {})['schema'] ?? {});
    const values = propertyOf(document, answer, String(dynamic['value-collection']));
    const item = told(told(values ?? {})['items'] ?? {});
    return ['value-path', 'value-title']
      .filter((word) => propertyOf(document, item, String(dynamic[word])) === undefined)
      .map((word) => `the list of ${dynamic['operationId']} has no ${dynamic[word]}`);
  });
}

function propertyOf(document: Told, schema: Told, name: string): unknown {
  const ref = String(schema['$ref'] ?? '').replace('#/definitions/', '');
  const meant = told(told(document['definitions'])[ref] ?? schema);
  return told(meant['properties'] ?? {})[name];
}

function missingRefs(document: Told): readonly string[] {
  const known = new Set(Object.keys(told(document['definitions'])));
  return [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)]
    .map(([, ref = '']) => ref)
    .filter((ref) => !known.has(ref.replace('#/definitions/', '')))
    .map((ref) => `${ref} leads nowhere`);
}

function schemasOf(where: string, operation: Told): readonly (readonly [string, unknown])[] {
  const ofAnswers = Object.values(told(operation['responses'])).map((one) => told(one)['schema'] ?? {});
  const ofBody = list(operation['parameters']).map((one) => told(one)['schema'] ?? {});
  return [...ofAnswers, ...ofBody].map((schema) => [where, schema] as const);
}

function operationsOf(document: Told): readonly Operation[] {
  return Object.entries(told(document['paths'])).flatMap(([path, methods]) =>
    Object.entries(told(methods)).map(([method, operation]) => ({
      where: `${method} ${path}`,
      path,
      told: told(operation),
    })),
  );
}

/** Words that are not known there; ours, which begin with `x-` and not with `x-ms-`, are free. */
function unknownWords(where: string, one: Told, known: ReadonlySet<string>): readonly string[] {
  return Object.keys(one)
    .filter((word) => !known.has(word) && !/^x-(?!ms-)/.test(word))
    .map((word) => `${where}: ${word} is not known there`);
}

function repeated(names: readonly string[]): readonly string[] {
  return names.filter((name, at) => names.indexOf(name) !== at);
}

function optional(value: unknown): string | undefined {
  return value === undefined ? undefined : String(value);
}

function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

function told(value: unknown): Told {
  return typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {};
}
