import { readFileSync } from 'node:fs';
import SwaggerParser from '@apidevtools/swagger-parser';
import { connectorDefinition, connectorProperties } from '../../../build/connectorDocuments.ts';
import { brokenRules } from './connectorRules.ts';

const read = (name: string) => readFileSync(`infra/connector/${name}`, 'utf8');

/** The document with one of its texts replaced by another. */
function changed(from: string | RegExp, to: string): Readonly<Record<string, unknown>> {
  const text = read('apiDefinition.swagger.json');
  const other = text.replace(from, to);
  expect(other).not.toBe(text);
  return JSON.parse(other);
}

describe('the custom connector (npm run documents writes it anew)', () => {
  test('is that of the routes and their schemas', async () => {
    expect(read('apiDefinition.swagger.json')).toBe(await connectorDefinition());
    expect(read('apiProperties.json')).toBe(connectorProperties());
  });

  test('is valid OpenAPI 2.0', async () => {
    await expect(SwaggerParser.validate('infra/connector/apiDefinition.swagger.json')).resolves.toBeDefined();
  });

  test("keeps the rules of Microsoft's connectors", () => {
    expect(brokenRules(JSON.parse(read('apiDefinition.swagger.json')))).toEqual([]);
  });

  const breaks: readonly (readonly [what: string, from: string | RegExp, to: string, said: RegExp])[] = [
    ['a union', '"x-nullable": true', '"anyOf": []', /anyOf is not known/],
    [
      'an extension that connectors do not know',
      '"x-ms-visibility": "important"',
      '"x-ms-odd": 1',
      /x-ms-odd/,
    ],
    ['a format that connectors do not know', /"format": "date-time"/g, '"format": "uuid"', /format uuid/],
    ['a host with a scheme', '"host": "', '"host": "https://', /no host name/],
    ['an operation id in camel case', '"PauseReports"', '"pauseReports"', /Pascal/],
    [
      'two operations of one id',
      '"operationId": "ResumeReports"',
      '"operationId": "PauseReports"',
      /two operations/,
    ],
    [
      'a summary that ends with a stop',
      '"summary": "Pause reports"',
      '"summary": "Pause reports."',
      /summary/,
    ],
    ['a short description', /("info": \{[^}]*?"description": ")[^"]*/, '$1Short', /30 to 500/],
    [
      'a description that is no sentence',
      'for a time or until somebody resumes them."',
      'now"',
      /no sentence/,
    ],
    ['a field without a title', '"x-ms-summary": "Run ID",', '', /no title/],
    ['a parameter in the path that is not told', '"/api/runs/{runId}"', '"/api/runs/{id}"', /not told/],
    ['a definition that is not there', '#/definitions/Run"', '#/definitions/Ran"', /leads nowhere/],
    [
      'a list of values that is not there',
      '"value-title": "label"',
      '"value-title": "title"',
      /has no title/,
    ],
    [
      'no success',
      /"200": \{\n\s+"description": "The windows/,
      '"404": {"description": "The windows',
      /success/,
    ],
  ];
  test.each(breaks)('would not be taken with %s', (_what, from, to, said) => {
    const faults = brokenRules(changed(from, to));

    expect(faults.join('\n')).toMatch(said);
  });

  test('asks a connection for the address of the app and for a key, and shows the key to nobody', () => {
    const { properties } = JSON.parse(read('apiProperties.json'));
    const definition = JSON.parse(read('apiDefinition.swagger.json'));
    const { connectionParameters, policyTemplateInstances } = properties;

    expect(Object.keys(properties).sort()).toEqual([
      'capabilities',
      'connectionParameters',
      'iconBrandColor',
      'policyTemplateInstances',
    ]);
    expect(properties.iconBrandColor).toMatch(/^#[0-9A-F]{6}$/);
    // A connection's `api_key` is what the definition's only scheme of kind apiKey is sent with.
    expect(connectionParameters.api_key.type).toBe('securestring');
    expect(Object.values(definition.securityDefinitions)).toEqual([
      expect.objectContaining({ type: 'apiKey', in: 'header', name: 'x-functions-key' }),
    ]);
    expect(policyTemplateInstances).toEqual([
      {
        templateId: 'dynamichosturl',
        title: expect.any(String),
        parameters: { 'x-ms-apimTemplateParameter.urlTemplate': "@connectionParameters('appUrl')" },
      },
    ]);
    expect(Object.keys(connectionParameters)).toEqual(['appUrl', 'api_key']);
  });

  test('offers what people use, and nothing that only machines call', () => {
    const { paths } = JSON.parse(read('apiDefinition.swagger.json'));

    expect(Object.keys(paths)).toEqual(expect.arrayContaining(['/api/pause', '/api/resume', '/api/reports']));
    expect(Object.keys(paths).filter((path) => /webhooks|openapi|status/.test(path))).toEqual([]);
  });
});
