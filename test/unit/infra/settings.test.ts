import { readFileSync } from 'node:fs';
import {
  ABSENT_ON_PURPOSE,
  azdParameters,
  SET_BY_TEMPLATE,
  settingParameters,
  settingsBicep,
} from '../../../build/infra/settings.ts';
import { settingsTable } from '../../../shared/settings/settingsTable.ts';
import { deployedBy, PARAMETER_SETS } from './deployment.ts';

const NEVER_ON_FLEX =
  /^(?:FUNCTIONS_WORKER_RUNTIME|FUNCTIONS_EXTENSION_VERSION|WEBSITE_NODE_DEFAULT_VERSION|WEBSITE_RUN_FROM_PACKAGE|WEBSITE_CONTENT.*|SCM_DO_BUILD_DURING_DEPLOYMENT|ENABLE_ORYX_BUILD|FUNCTIONS_WORKER_PROCESS_COUNT|WEBSITE_MAX_DYNAMIC_APPLICATION_SCALE_OUT|WEBSITE_VNET_ROUTE_ALL|WEBSITE_DNS_SERVER|WEBSITE_TIME_ZONE|TZ|WEBSITE_LOAD_CERTIFICATES)$/;

const read = (path: string) => readFileSync(path, 'utf8');

describe('every setting of the table', () => {
  test('is set by the template, or is a parameter of it, or is absent for a reason: one of the three', () => {
    const names = Object.keys(settingsTable);
    const listed = [...SET_BY_TEMPLATE, ...Object.keys(ABSENT_ON_PURPOSE), ...settingParameters()];

    expect([...listed].sort()).toEqual([...names].sort());
    expect(settingParameters().length).toBeGreaterThan(10);
  });

  test('that is a parameter stands in its type, by name (npm run documents writes it anew)', () => {
    const text = read('infra/settings.bicep');

    expect(text).toBe(settingsBicep());
    expect(settingParameters().filter((name) => !text.includes(`\n  ${name}: `))).toEqual([]);
  });

  test('that is a choice of few words is one in the template too', () => {
    expect(settingsBicep()).toContain("\n  MODE: ('' | 'act' | 'observe' | 'off')?\n");
  });

  test('that is a parameter can be set in azd (npm run documents writes it anew)', () => {
    const text = read('infra/main.bicepparam');

    expect(text).toBe(azdParameters(text));
    expect(() => azdParameters('using main.bicep')).toThrow('lacks its marker');
  });
});

test('a list of azd is cut at its commas, blanks around them or not', () => {
  const lists = read('infra/main.bicepparam').match(/\bsplit\(/g) ?? [];
  const trimmed =
    read('infra/main.bicepparam').match(
      /map\(split\(readEnvironmentVariable\('\w+', ''\), ','\), (\w+) => trim\(\1\)\)/g,
    ) ?? [];

  expect(lists.length).toBeGreaterThan(1);
  expect(trimmed).toHaveLength(lists.length);
});

describe.each(PARAMETER_SETS)('the settings that %s deploys', (set) => {
  const settings = deployedBy(set).appSettings();

  test('have all that the template must set, and none that is absent on purpose', () => {
    expect(SET_BY_TEMPLATE.filter((name) => !settings.has(name))).toEqual([]);
    expect([...settings.keys()].filter((name) => name in ABSENT_ON_PURPOSE)).toEqual([]);
  });

  test('let the host sign in with the identity, to storage and to Application Insights', () => {
    expect(settings.get('AzureWebJobsStorage__credential')).toBe('managedidentity');
    expect(settings.get('AzureWebJobsStorage__clientId')).toContain("'2024-11-30').clientId]");
    expect(settings.get('APPLICATIONINSIGHTS_AUTHENTICATION_STRING')).toContain('Authorization=AAD');
    expect(settings.get('APPLICATIONINSIGHTS_CONNECTION_STRING')).toContain('.ConnectionString]');
  });

  test('have none that Flex Consumption forbids', () => {
    expect([...settings.keys()].filter((name) => NEVER_ON_FLEX.test(name))).toEqual([]);
  });

  test('have no empty one: a missing value keeps its default', () => {
    expect([...settings].filter(([, value]) => value === '')).toEqual([]);
  });

  test('have no key, no signature and no connection string with either', () => {
    const secret = /AccountKey|SharedAccess|sig=|listKeys|listAccountSas|primaryKey/i;

    expect([...settings].filter(([, value]) => secret.test(value))).toEqual([]);
  });
});
