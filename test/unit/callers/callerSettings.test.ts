import { entraIssuersOf } from '../../../shared/callers/entraPrincipal.ts';
import { readCallerSettings } from '../../../shared/settings/callerSettings.ts';
import { readSettings } from '../../../shared/settings/readSettings.ts';

const tenantId = '11111111-1111-4111-8111-111111111111';
const api = '66666666-6666-4666-8666-666666666666';
const entra = { AUTH: 'entra', AUTH_TENANT_ID: tenantId.toUpperCase(), AUTH_AUDIENCE: api };

describe('the settings of who may come in', () => {
  test('mean function keys where nothing is said', () => {
    expect(readCallerSettings({})).toEqual({ kind: 'keys' });
    expect(readCallerSettings({ AUTH: ' ' })).toEqual({ kind: 'keys' });
  });

  test('mean tokens of one tenant, for the client id and its URI', () => {
    expect(readCallerSettings(entra)).toEqual({
      ...{ kind: 'entra', authorityHost: 'https://login.microsoftonline.com', tenantId },
      audiences: [api, `api://${api}`],
    });
    const more = {
      AUTH_AUDIENCE: `api://${api}, api://intermission`,
      AUTHORITY_HOST: 'https://login.microsoftonline.us',
    };
    expect(readCallerSettings({ ...entra, ...more })).toMatchObject({
      authorityHost: 'https://login.microsoftonline.us',
      audiences: [api, `api://${api}`, 'api://intermission'],
    });
  });

  test.each([
    [{ AUTH: 'Entra' }, 'AUTH'],
    [{ AUTH: 'none' }, 'AUTH'],
    [{ AUTH: '@Microsoft.KeyVault(SecretUri=x)' }, 'AUTH'],
    [{ AUTH_TENANT_ID: '' }, 'AUTH_TENANT_ID'],
    [{ AUTH_TENANT_ID: 'common' }, 'AUTH_TENANT_ID'],
    [{ AUTH_AUDIENCE: '' }, 'AUTH_AUDIENCE'],
    [{ AUTH_AUDIENCE: '@Microsoft.KeyVault(SecretUri=x)' }, 'AUTH_AUDIENCE'],
    [{ AUTHORITY_HOST: 'http://login.example' }, 'AUTHORITY_HOST'],
  ])('with %j let nobody in, and the problem names %s', (more, name) => {
    const environment = {
      ...entra,
      ...more,
      TENANT_ID: tenantId,
      AzureWebJobsStorage: 'UseDevelopmentStorage=true',
    };
    const read = readSettings(environment);

    expect(readCallerSettings(environment)).toBeNull();
    expect(read.ok ? [] : read.problems.map((problem) => problem.name)).toContain(name);
  });

  test('are not hidden by a mistake in another setting', () => {
    expect(readCallerSettings({ ...entra, TENANT_ID: 'x', MODE: 'zebra' })).toMatchObject({ kind: 'entra' });
  });
});

describe('the issuers of a tenant', () => {
  test.each([
    ['https://login.microsoftonline.com', 'https://sts.windows.net', 'https://login.microsoftonline.com'],
    ['https://login.microsoftonline.us', 'https://sts.windows.net', 'https://login.microsoftonline.us'],
    [
      'https://login.chinacloudapi.cn',
      'https://sts.chinacloudapi.cn',
      'https://login.partner.microsoftonline.cn',
    ],
  ])('at %s are %s and %s', (authorityHost, v1, v2) => {
    expect(entraIssuersOf(authorityHost, tenantId)).toEqual({
      '1.0': `${v1}/${tenantId}/`,
      '2.0': `${v2}/${tenantId}/v2.0`,
    });
  });
});
