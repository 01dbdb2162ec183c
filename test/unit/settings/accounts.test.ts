import { windowsOfSettings } from '../../../shared/service/readWindows.ts';
import { accountsOf, impliedAccount } from '../../../shared/settings/accountsOf.ts';
import { readSettings } from '../../../shared/settings/readSettings.ts';

const TENANT = '11111111-1111-4111-8111-111111111111';
const OTHER_TENANT = '22222222-2222-4222-8222-222222222222';
const APP = '55555555-5555-4555-8555-555555555555';
const storage = { AzureWebJobsStorage: 'UseDevelopmentStorage=true' };
const partner = {
  ...{ name: 'partner', tenantId: TENANT, surface: 'mpn' },
  signIn: { mode: 'secureApp', clientId: APP },
};
const isv = {
  ...{ name: 'isv', tenantId: TENANT, surface: 'cmp' },
  signIn: { mode: 'federatedApp', clientId: APP },
};

function read(environment: Readonly<Record<string, string>>) {
  return readSettings({ ...storage, KEY_VAULT_URL: 'https://name.vault.azure.net', ...environment });
}

function accounts(environment: Readonly<Record<string, string>>) {
  const settings = read(environment);
  if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
  return accountsOf(settings.settings);
}

function problems(environment: Readonly<Record<string, string>>) {
  const settings = read(environment);
  return settings.ok ? [] : settings.problems.map(({ name, message }) => `${name} ${message}`);
}

const list = (...items: readonly unknown[]) => ({ ACCOUNTS: JSON.stringify(items) });

describe('the accounts', () => {
  test('are the one of the simple settings, which signs in as the managed identity', () => {
    expect(accounts({ TENANT_ID: TENANT })).toMatchObject([
      {
        name: 'default',
        tenantId: TENANT,
        surface: 'mpn',
        signIn: { mode: 'managedIdentity' },
        callsPerSecond: null,
      },
    ]);
  });

  test('are the one of the simple settings as an app registration, its credential the best that is named', () => {
    const secureApp = { TENANT_ID: TENANT, SIGN_IN: 'secureApp', APP_CLIENT_ID: APP };
    const credentialOf = (more: Readonly<Record<string, string>>) => {
      const [account] = accounts({ ...secureApp, ...more });
      return account?.signIn.mode === 'secureApp' ? account.signIn.app.credential : null;
    };

    expect(accounts(secureApp)[0]?.signIn).toMatchObject({ refreshTokenName: 'refresh-token-default' });
    expect(credentialOf({})).toEqual({ kind: 'managedIdentity' });
    expect(credentialOf({ APP_CERTIFICATE_NAME: 'cert' })).toEqual({
      kind: 'certificate',
      secretName: 'cert',
    });
    expect(credentialOf({ APP_SECRET_NAME: 'secret' })).toEqual({ kind: 'secret', secretName: 'secret' });
  });

  test('are those of the list, each with its address by surface, version and cloud', () => {
    const china = {
      ...isv,
      name: 'china',
      tenantId: OTHER_TENANT,
      version: 'v1',
      cloud: 'china',
      callsPerSecond: 2.5,
    };
    const found = accounts(list(partner, isv, china));

    expect(found.map(({ name, baseUrl }) => [name, baseUrl])).toEqual([
      ['partner', 'https://api.partnercenter.microsoft.com/insights/v1/mpn'],
      ['isv', 'https://api.partnercenter.microsoft.com/insights/v1.1/cmp'],
      ['china', 'https://partner.partnercenterapi.microsoftonline.cn/insights/v1/cmp'],
    ]);
    expect(found[2]).toMatchObject({
      callsPerSecond: 2.5,
      signIn: { app: { authorityHost: 'https://login.chinacloudapi.cn', isDiscovered: true } },
    });
  });

  test('of the list stand beside that of the simple settings', () => {
    expect(accounts({ TENANT_ID: TENANT, ...list(isv) }).map(({ name }) => name)).toEqual(['default', 'isv']);
  });

  test('with faults tell each of them by its place, and none of the values', () => {
    const told = problems(
      list(
        { ...partner, tenantId: 'ze:bra', colour: 'ze:bra', maxConcurrency: 0 },
        { ...isv, signIn: { mode: 'password' } },
        { ...isv, name: 'Ze:bra', surface: 'mpn', version: 'v1.1' },
        { ...partner, signIn: { ...partner.signIn, certificateName: 'a', secretName: 'b' } },
        'x',
      ),
    );

    expect(told.map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual([
      ...[
        'ACCOUNTS /0/tenantId',
        'ACCOUNTS /0/maxConcurrency',
        'ACCOUNTS /0/colour',
        'ACCOUNTS /1/signIn/mode',
      ],
      ...['ACCOUNTS /2/name', 'ACCOUNTS /2/version', 'ACCOUNTS /3/signIn', 'ACCOUNTS /4'],
    ]);
    expect(told.join()).not.toContain('ze:bra');
  });

  test.each<[string, Readonly<Record<string, string>>, readonly string[]]>([
    ['the same name', list(partner, { ...isv, name: 'partner' }), ['ACCOUNTS /1/name']],
    [
      'the same tenant and API family',
      list(partner, {
        ...partner,
        name: 'again',
        tenantId: TENANT.toUpperCase(),
        signIn: { mode: 'managedIdentity' },
      }),
      ['ACCOUNTS /1'],
    ],
    [
      'the same as the simple settings',
      { TENANT_ID: TENANT, ...list({ ...partner, name: 'default' }) },
      ['ACCOUNTS /0/name', 'ACCOUNTS /0'],
    ],
    [
      'one refresh token for two',
      list(partner, {
        ...partner,
        name: 'two',
        tenantId: OTHER_TENANT,
        signIn: { ...partner.signIn, refreshTokenSecret: 'Refresh-Token-Partner' },
      }),
      ['ACCOUNTS /1/signIn'],
    ],
    [
      'an address that no token may go to',
      list({ ...partner, baseUrl: 'https://evil.example/insights/v1/mpn' }),
      ['ACCOUNTS /0/baseUrl'],
    ],
    ['no vault for a refresh token', { ...list(partner), KEY_VAULT_URL: '' }, ['KEY_VAULT_URL is']],
    ['no account at all', {}, ['TENANT_ID is']],
    ['no app to sign in as', { TENANT_ID: TENANT, SIGN_IN: 'federatedApp' }, ['APP_CLIENT_ID is']],
    [
      'two credentials',
      {
        TENANT_ID: TENANT,
        SIGN_IN: 'secureApp',
        APP_CLIENT_ID: APP,
        APP_CERTIFICATE_NAME: 'a',
        APP_SECRET_NAME: 'b',
      },
      ['APP_SECRET_NAME must'],
    ],
    ['no list', { ACCOUNTS: '{}' }, ['ACCOUNTS must']],
    ['an empty list', { TENANT_ID: TENANT, ACCOUNTS: '[]' }, ['ACCOUNTS must']],
    [
      'an authority with a path',
      { TENANT_ID: TENANT, AUTHORITY_HOST: 'https://login.example/tenant' },
      ['AUTHORITY_HOST must'],
    ],
  ])('refuse %s', (_what, environment, expected) => {
    expect(problems(environment).map((text) => text.split(' ').slice(0, 2).join(' '))).toEqual(expected);
  });

  test('are told together with every other fault of the settings', () => {
    expect(
      problems({ ...list(partner, partner), MODE: 'on', MAX_CONCURRENCY: 'x' }).map(
        (text) => text.split(' ')[0],
      ),
    ).toEqual(['MODE', 'MAX_CONCURRENCY', 'ACCOUNTS', 'ACCOUNTS', 'ACCOUNTS']);
  });
});

describe('what names no account', () => {
  const window = (name: string, account?: string) => ({
    ...{ name, account, reports: { all: true } },
    schedule: { start: '0 22 * * *', duration: 'PT1H', timeZone: 'UTC' },
  });
  const windows = (environment: Readonly<Record<string, string>>) => {
    const settings = read(environment);
    if (!settings.ok) throw new Error(JSON.stringify(settings.problems));
    return windowsOfSettings(settings.settings);
  };

  test('means the only one there is', () => {
    expect(impliedAccount(accounts(list(isv)))).toBe('isv');
    const MAINTENANCE_WINDOWS = JSON.stringify([window('night')]);
    expect(windows({ ...list(isv), MAINTENANCE_WINDOWS }).windows[0]?.account).toBe('isv');
  });

  test('is refused where there are several, and so is an account that is not there', () => {
    expect(impliedAccount(accounts(list(partner, isv)))).toBeNull();
    const MAINTENANCE_WINDOWS = JSON.stringify([
      window('night'),
      window('day', 'nobody'),
      window('good', 'isv'),
    ]);
    const parsed = windows({ ...list(partner, isv), MAINTENANCE_WINDOWS });

    expect(parsed.problems.map(({ code, pointer }) => [code, pointer])).toEqual([
      ['missing_property', '/0/account'],
      ['unknown_account', '/1/account'],
    ]);
    expect(parsed.windows.map(({ name }) => name)).toEqual(['good']);
    expect(parsed.invalidNames).toEqual(['night', 'day']);
  });
});
