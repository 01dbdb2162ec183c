import { readSettings } from '../../../shared/settings/readSettings.ts';
import { settingsTable } from '../../../shared/settings/settingsTable.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const REPORT = 'a0000000-0000-4000-8000-000000000001';
const OTHER_REPORT = 'A0000000-0000-4000-8000-000000000002';
const enough = { TENANT_ID: TENANT, AzureWebJobsStorage: 'UseDevelopmentStorage=true' };

function settingsOf(environment: Readonly<Record<string, string>>) {
  const read = readSettings({ ...enough, ...environment });
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.settings;
}

function problemsOf(environment: Readonly<Record<string, string>>): readonly string[] {
  const read = readSettings({ ...enough, ...environment });
  return read.ok ? [] : read.problems.map(({ name }) => name);
}

describe('the app settings', () => {
  test('need a tenant and a storage account, and nothing else', () => {
    expect(settingsOf({})).toMatchObject({
      REPORT_IDS: [],
      PAUSE_SCHEDULE: null,
      PAUSE_DURATION: null,
      TIME_ZONE: 'UTC',
      MAINTENANCE_WINDOWS: null,
      WINDOWS_BLOB: null,
      MODE: 'act',
      MAX_HOLD: 7 * 86_400_000,
      TICK_SCHEDULE: '0 * * * * *',
      TENANT_ID: TENANT,
      INSIGHTS_BASE_URL: 'https://api.partnercenter.microsoft.com/insights/v1/mpn',
      EXTRA_API_HOSTS: [],
      AzureWebJobsStorage: 'UseDevelopmentStorage=true',
      AzureWebJobsStorage__tableServiceUri: null,
      AzureWebJobsStorage__blobServiceUri: null,
      AZURE_CLIENT_ID: null,
      MAX_REPORTS_PER_REQUEST: 10_000,
      MAX_CONCURRENCY: 8,
      ATTEMPT_TIMEOUT_SECONDS: 30,
      RUN_TIME_BUDGET_SECONDS: 200,
    });
  });

  test('that are empty or only spaces are missing', () => {
    const blank = Object.fromEntries(Object.keys(settingsTable).map((name) => [name, '  ']));

    expect(readSettings({ ...blank, ...enough })).toEqual(readSettings(enough));
    expect(problemsOf(blank)).toEqual(['TENANT_ID', 'AzureWebJobsStorage']);
  });

  test('that the table does not know are not looked at', () => {
    expect(readSettings({ ...enough, PATH: '/bin', TENANT: 'x' })).toEqual(readSettings(enough));
  });

  test.each([
    ['a comma list', `${REPORT}, ${OTHER_REPORT}`],
    ['a JSON array', `["${REPORT}","${OTHER_REPORT}"]`],
  ])('take report ids as %s', (_what, text) => {
    expect(settingsOf({ REPORT_IDS: text, PAUSE_SCHEDULE: '0 22 * * *' }).REPORT_IDS).toEqual([
      REPORT,
      OTHER_REPORT,
    ]);
  });

  test('refuse reports without a time, since they would wait for ever', () => {
    expect(problemsOf({ ...enough, REPORT_IDS: REPORT })).toEqual(['PAUSE_SCHEDULE']);
  });

  test('take storage by identity instead of by connection string', () => {
    const settings = settingsOf({
      AzureWebJobsStorage: '',
      AzureWebJobsStorage__tableServiceUri: 'https://name.table.core.windows.net',
    });

    expect(settings.AzureWebJobsStorage).toBeNull();
    expect(settings.AzureWebJobsStorage__tableServiceUri).toBe('https://name.table.core.windows.net');
  });

  test.each([
    ['REPORT_IDS', 'not-an-id'],
    ['REPORT_IDS', `${REPORT},`],
    ['REPORT_IDS', `["${REPORT}"`],
    ['REPORT_IDS', '[1]'],
    ['PAUSE_SCHEDULE', 'each night'],
    ['PAUSE_SCHEDULE', '0 0 30 2 *'],
    ['WINDOWS_BLOB', 'windows.json'],
    ['MODE', 'Act'],
    ['MODE', 'on'],
    ['MAX_HOLD', '7 days'],
    ['MAX_HOLD', 'P1M'],
    ['TICK_SCHEDULE', '*/5 * * * *'],
    ['TICK_SCHEDULE', 'a b c d e f'],
    ['TICK_SCHEDULE', '61 * * * * *'],
    ['TICK_SCHEDULE', '00:05:00'],
    ['TENANT_ID', 'contoso.onmicrosoft.com'],
    ['INSIGHTS_BASE_URL', 'https://api.partnercenter.microsoft.com/insights/v1'],
    ['INSIGHTS_BASE_URL', 'ftp://api.partnercenter.microsoft.com/insights/v1/mpn'],
    ['INSIGHTS_BASE_URL', 'http://api.partnercenter.microsoft.com/insights/v1/mpn'],
    ['INSIGHTS_BASE_URL', 'https://partner-center.example/insights/v1/mpn'],
    ['EXTRA_API_HOSTS', 'https://partner-center.example'],
    ['AzureWebJobsStorage__tableServiceUri', 'name.table.core.windows.net'],
    ['AZURE_CLIENT_ID', 'my-identity'],
    ['MAX_REPORTS_PER_REQUEST', '0'],
    ['MAX_CONCURRENCY', '1e1'],
    ['MAX_CONCURRENCY', '8.5'],
    ['MAX_CONCURRENCY', '65'],
    ['ATTEMPT_TIMEOUT_SECONDS', '-1'],
    ['RUN_TIME_BUDGET_SECONDS', '230'],
  ])('refuse %s=%s, and guess nothing', (name, value) => {
    expect(problemsOf({ [name]: value })).toEqual([name]);
  });

  test('take an address that is named as an extra host', () => {
    const settings = settingsOf({
      INSIGHTS_BASE_URL: 'https://partner-center.example/insights/v1/cmp',
      EXTRA_API_HOSTS: 'partner-center.example',
    });

    expect(settings.INSIGHTS_BASE_URL).toBe('https://partner-center.example/insights/v1/cmp');
  });

  test('that are all broken are all told at once, and none of their values', () => {
    const broken = Object.fromEntries(Object.keys(settingsTable).map((name) => [name, 'ze:bra']));
    const free = new Set([
      'PAUSE_DURATION',
      'MAINTENANCE_WINDOWS',
      'WEBHOOKS',
      'TIME_ZONE',
      'AzureWebJobsStorage',
      'EXTRA_API_HOSTS',
    ]);
    const read = readSettings(broken);

    expect(new Set(read.ok ? [] : read.problems.map(({ name }) => name))).toEqual(
      new Set(Object.keys(settingsTable).filter((name) => !free.has(name))),
    );
    expect(JSON.stringify(read)).not.toContain('ze:bra');
  });

  test.each(Object.keys(settingsTable))(
    'say that %s is a Key Vault reference which was not resolved',
    (name) => {
      const read = readSettings({
        ...enough,
        [name]: '@Microsoft.KeyVault(SecretUri=https://name.example/secrets/x)',
      });
      const told = read.ok ? [] : read.problems;

      expect(told).toContainEqual({ name, message: expect.stringContaining('Key Vault') });
      expect(JSON.stringify(told)).not.toContain('SecretUri');
    },
  );
});
