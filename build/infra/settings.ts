import { z } from 'zod';
import { settingsTable } from '../../shared/settings/settingsTable.ts';

/** Settings that the template sets itself, from the resources that it makes: nobody may choose them. */
export const SET_BY_TEMPLATE: readonly string[] = [
  'AzureWebJobsStorage__tableServiceUri',
  'AzureWebJobsStorage__blobServiceUri',
  'AzureWebJobsStorage__queueServiceUri',
  'KEY_VAULT_URL',
  'WEBHOOK_VAULT_URL',
  'AZURE_CLIENT_ID',
  'APPLICATIONINSIGHTS_CONNECTION_STRING',
  'APPLICATIONINSIGHTS_AUTHENTICATION_STRING',
];

/** Settings that no deployment has, and why. */
export const ABSENT_ON_PURPOSE: Readonly<Record<string, string>> = {
  AzureWebJobsStorage: 'a connection string has a key in it; in Azure the identity signs in',
};

/** Settings that a deployment must say, although the app has a default: with it Partner Insights cannot be reached. */
const ASKED_FOR: readonly string[] = ['SIGN_IN'];

/** The settings that a deployment takes as parameters: every other row of the table. */
export function settingParameters(): readonly string[] {
  return Object.keys(settingsTable).filter(
    (name) => !SET_BY_TEMPLATE.includes(name) && !(name in ABSENT_ON_PURPOSE),
  );
}

/** `infra/settings.bicep`: the type of the parameter `settings`, as the settings table makes it. */
export function settingsBicep(): string {
  const properties = Object.entries(settingsTable)
    .filter(([name]) => settingParameters().includes(name))
    .flatMap(([name, { meaning, shownDefault, schema }]) => {
      const isAsked = ASKED_FOR.includes(name);
      const told = isAsked || shownDefault === null ? meaning : `${meaning} Default: ${shownDefault}.`;
      return [`  @description(${quoted(told)})`, `  ${name}: ${bicepType(schema, isAsked ? [] : [''])}?`];
    });
  return [
    '// Made by "npm run documents" from the table of settings.',
    '',
    '@export()',
    "@description('Settings of Intermission; what is missing or empty keeps its default.')",
    '@sealed()',
    'type appSettings = {',
    ...properties,
    '}',
    '',
  ].join('\n');
}

/** Each setting from the azd environment, `azd env set NAME VALUE`. */
function settingsOfAzd(): string {
  const lines = settingParameters().map((name) =>
    ASKED_FOR.includes(name)
      ? `  ${name}: readEnvironmentVariable('${name}')`
      : `  ${name}: readEnvironmentVariable('${name}', '')`,
  );
  return ['param settings = {', ...lines, '}', ''].join('\n');
}

/** A choice of few words becomes a choice in the template too; the empty text stands for a missing value. */
function bicepType(schema: z.ZodType, more: readonly string[]): string {
  const { enum: choices } = z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' });
  return choices === undefined ? 'string' : `(${[...more, ...choices.map(String)].map(quoted).join(' | ')})`;
}

function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'").replaceAll('${', '\\${')}'`;
}

const MARKER = '// Settings of Intermission, made by "npm run documents" from their table.\n';

/** `infra/main.bicepparam` with its settings made anew; what stands before the marker is written by hand. */
export function azdParameters(document: string): string {
  const at = document.indexOf(MARKER);
  if (at === -1) {
    throw new Error('infra/main.bicepparam lacks its marker');
  }
  return document.slice(0, at) + MARKER + settingsOfAzd();
}
