import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { RUN_QUEUE } from '../../../shared/runs/runQueue.ts';
import { listFiles, readSources } from '../architecture/sourceFiles.ts';
import { deployedBy, PARAMETER_SETS } from './deployment.ts';

const read = (path: string) => readFileSync(path, 'utf8');
const sources = listFiles('infra', /\.bicep$/).map((path) => ({ path, text: read(path) }));
const compiled = read('infra/azuredeploy.json');

const outputsShape = z.object({ outputs: z.record(z.string(), z.object({ value: z.unknown() })) });

describe('the template', () => {
  test('deploys the same twice: nothing in it changes with the time or by chance', () => {
    expect(sources.filter(({ text }) => /\b(?:utcNow|newGuid)\(/.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
    expect(compiled).not.toMatch(/utcNow\(|newGuid\(/);
  });

  test('asks Azure for no key', () => {
    expect(compiled).not.toMatch(/list(?:Keys|Secrets|AccountSas|ServiceSas|Credentials)?\(/i);
  });

  test('puts nothing into its outputs that opens anything', () => {
    const { outputs } = outputsShape.parse(JSON.parse(compiled));

    expect(Object.keys(outputs).sort()).toEqual([
      'appUrl',
      'applicationInsightsName',
      'federatedCredentialAudience',
      'federatedCredentialIssuer',
      'federatedCredentialSubject',
      'keyVaultName',
      'managedIdentityClientId',
      'sampleLogicAppPrincipalId',
      'storageAccountName',
      'webhookVaultName',
      'workbookUrl',
    ]);
  });

  test('asks how to sign in, and takes no answer without the app registration that goes with it', () => {
    const { parameters } = z
      .looseObject({ parameters: z.looseObject({ signIn: z.looseObject({}) }) })
      .parse(JSON.parse(compiled));

    expect(parameters.signIn).not.toHaveProperty('defaultValue');
    expect(parameters.signIn['allowedValues']).toEqual(['secureApp', 'federatedApp', 'managedIdentity']);
    expect(compiled).toContain("fail(format('{0} See docs/deploy.md.', variables('problem')))");
    expect(read('infra/main.bicepparam')).toContain("\n  SIGN_IN: readEnvironmentVariable('SIGN_IN')\n");
  });

  test('needs no module of anybody else, and silences no rule', () => {
    const strange = sources.filter(({ text }) => /'br[/:]|'ts:|#disable/.test(text));

    expect(strange.map(({ path }) => path)).toEqual([]);
  });

  test('says of each parameter and output what it is', () => {
    const bare = sources.flatMap(({ path, text }) =>
      [...text.matchAll(/^(.*)\n(?:param|output) (\w+)/gm)]
        .filter(([, before = '']) => !before.startsWith('@'))
        .map(([, , name]) => `${path} ${name}`),
    );

    expect(bare).toEqual([]);
    expect(sources.flatMap(({ text }) => [...text.matchAll(/^param /gm)]).length).toBeGreaterThan(30);
  });

  test('brings the package of the app, and asks for its address as for a secret', () => {
    expect(compiled).toContain("[format('{0}/onedeploy', parameters('appName'))]");
    expect(
      z
        .looseObject({ parameters: z.looseObject({ packageUri: z.looseObject({ type: z.string() }) }) })
        .parse(JSON.parse(compiled)).parameters.packageUri.type,
    ).toBe('securestring');
  });
});

describe.each(PARAMETER_SETS)('what %s deploys', (set) => {
  const { ofType, only, resources } = deployedBy(set);

  test('is a function app on Flex Consumption with Node 24 or 22, https only', () => {
    const app = only(
      'Microsoft.Web/sites',
      z.object({
        httpsOnly: z.literal(true),
        functionAppConfig: z.object({
          runtime: z.object({ name: z.literal('node'), version: z.enum(['22', '24']) }),
          scaleAndConcurrency: z.object({ maximumInstanceCount: z.number().min(40).max(1000) }),
          deployment: z.object({
            storage: z.object({ authentication: z.object({ type: z.literal('UserAssignedIdentity') }) }),
          }),
        }),
      }),
    );

    expect(app.functionAppConfig.runtime.version).toBe(set === 'private' ? '22' : '24');
    expect(
      ofType('Microsoft.Web/sites/basicPublishingCredentialsPolicies').map(({ properties }) => properties),
    ).toEqual([{ allow: false }, { allow: false }]);
  });

  test('is storage that takes no key and shows nothing to strangers', () => {
    const account = only('Microsoft.Storage/storageAccounts', z.looseObject({ networkAcls: z.unknown() }));

    expect(account).toMatchObject({
      allowSharedKeyAccess: false,
      allowBlobPublicAccess: false,
      minimumTlsVersion: 'TLS1_2',
      supportsHttpsTrafficOnly: true,
      publicNetworkAccess: set === 'private' ? 'Disabled' : 'Enabled',
    });
  });

  test('is a vault for sign-in and one for webhooks, with roles, from which nothing can be purged', () => {
    const vaults = ofType('Microsoft.KeyVault/vaults').map(({ properties }) => properties);

    expect(vaults).toHaveLength(2);
    for (const vault of vaults) {
      expect(vault).toMatchObject({
        enableRbacAuthorization: true,
        enablePurgeProtection: true,
        publicNetworkAccess: set === 'private' ? 'Disabled' : 'Enabled',
      });
    }
  });

  test('is telemetry that only who has the role may send', () => {
    expect(only('Microsoft.Insights/components', z.looseObject({}))).toMatchObject({
      DisableLocalAuth: true,
    });
    expect(only('Microsoft.OperationalInsights/workspaces', z.looseObject({}))).toMatchObject({
      features: { disableLocalAuth: true },
    });
  });

  test('lets in whom it was told to, and everybody where it was told nothing; deployments come from anywhere', () => {
    const restrictionShape = z.object({ ipAddress: z.string(), tag: z.string(), action: z.literal('Allow') });
    const { siteConfig } = only(
      'Microsoft.Web/sites',
      z.object({
        siteConfig: z.object({
          ipSecurityRestrictionsDefaultAction: z.string(),
          ipSecurityRestrictions: z.array(restrictionShape),
          scmIpSecurityRestrictionsUseMain: z.literal(false),
        }),
      }),
    );

    expect(siteConfig).toMatchObject(
      set === 'private'
        ? {
            ipSecurityRestrictionsDefaultAction: 'Deny',
            ipSecurityRestrictions: [
              { ipAddress: '203.0.113.0/24', tag: 'Default' },
              { ipAddress: 'AzureEventGrid', tag: 'ServiceTag' },
            ],
          }
        : { ipSecurityRestrictionsDefaultAction: 'Allow', ipSecurityRestrictions: [] },
    );
  });

  test('has who read or changed a secret written down, and who deleted a table or a blob', () => {
    const logsShape = z.looseObject({ logs: z.array(z.looseObject({ enabled: z.literal(true) })) });
    const written = ofType('Microsoft.Insights/diagnosticSettings').map(({ id, properties }) => {
      const [log] = logsShape.parse(properties).logs;
      return [
        /\/(vaults|blobServices|tableServices)\//.exec(id)?.[1],
        log?.['category'] ?? log?.['categoryGroup'],
      ];
    });

    expect(written.sort()).toEqual([
      ['blobServices', 'StorageDelete'],
      ['tableServices', 'StorageDelete'],
      ['vaults', 'audit'],
      ['vaults', 'audit'],
    ]);
  });

  test('has the tags by which azd finds it', () => {
    const named = ofType('Microsoft.Web/sites').map(({ ['tags']: tags }) => tags);

    expect(named).toEqual([{ 'azd-env-name': set, 'azd-service-name': 'api' }]);
    expect(read('azure.yaml')).toMatch(/^services:\n {2}api:/m);
  });

  test('has what is optional only where it was asked for', () => {
    const isThere = (type: string) => resources.some((resource) => resource.type === type);

    for (const type of [
      'Microsoft.Network/privateEndpoints',
      'Microsoft.Web/sites/config',
      'Microsoft.Web/customApis',
      'Microsoft.Logic/workflows',
      'Microsoft.Authorization/locks',
    ]) {
      expect(`${type} ${isThere(type)}`).toBe(`${type} ${set === 'private'}`);
    }
  });
});

test('the locks are where the page says that they are to be taken away', () => {
  const named = deployedBy('private')
    .ofType('Microsoft.Authorization/locks')
    .map(({ id, properties }) => ({
      level: z.object({ level: z.string() }).parse(properties).level,
      line: `--name ${id.split('/').at(-1)} `,
      type: /\/providers\/(Microsoft\.(?:Storage|KeyVault)\/\w+)\//.exec(id)?.[1] ?? 'none',
    }));
  const page = read('docs/operations.md').split('\n');

  expect(named.map(({ level }) => level)).toEqual(['CanNotDelete', 'CanNotDelete', 'CanNotDelete']);
  for (const { line, type } of named) {
    const isIt = (one: string) => one.includes('az lock delete') && one.includes(line) && one.includes(type);
    const same = named.filter((one) => one.line === line && one.type === type);
    expect(page.filter(isIt)).toHaveLength(same.length);
  }
});

describe('the private network', () => {
  const { ofType, only } = deployedBy('private');
  const endpointShape = z.object({
    privateLinkServiceConnections: z.tuple([
      z.object({ properties: z.object({ groupIds: z.tuple([z.string()]) }) }),
    ]),
  });

  test('has an endpoint, a zone and a link for each service that the app calls', () => {
    const services = ofType('Microsoft.Network/privateEndpoints').map(
      ({ properties }) =>
        endpointShape.parse(properties).privateLinkServiceConnections[0].properties.groupIds[0],
    );

    expect([...services].sort()).toEqual(['blob', 'queue', 'table', 'vault', 'vault']);
    expect(ofType('Microsoft.Network/privateDnsZones')).toHaveLength(4);
    expect(ofType('Microsoft.Network/privateDnsZones/virtualNetworkLinks')).toHaveLength(4);
    expect(ofType('Microsoft.Network/privateEndpoints/privateDnsZoneGroups')).toHaveLength(5);
  });

  test('is where the app sends its calls from', () => {
    const { virtualNetworkSubnetId } = only(
      'Microsoft.Web/sites',
      z.looseObject({ virtualNetworkSubnetId: z.string() }),
    );

    expect(virtualNetworkSubnetId).toMatch(/-network\/subnets\/app$/);
  });

  test('lets nobody past the platform without a token but who brings a proof of his own', () => {
    expect(only('Microsoft.Web/sites/config', z.looseObject({}))).toMatchObject({
      globalValidation: {
        requireAuthentication: true,
        unauthenticatedClientAction: 'Return401',
        excludedPaths: [
          ...['/api/health', '/api/openapi.json', '/api/ui', '/api/ui/*', '/api/webhooks/*', '/api/runs/*'],
        ],
      },
    });
  });
});

describe('the storage', () => {
  const last = (type: string) =>
    deployedBy('smallest')
      .ofType(type)
      .map(({ name }) => name.split('/').at(-1) ?? '')
      .sort();

  test('has the tables that the code opens', () => {
    const sources = readSources('shared');
    const named = new Map(
      sources.flatMap(({ code }) =>
        [...code.matchAll(/const (\w+_TABLE) = 'Intermission(\w+)'/g)].map(([, one = '', name = '']) => [
          one,
          name,
        ]),
      ),
    );
    const opened = sources.flatMap(({ code }) =>
      [
        ...code.matchAll(/openTable\(\s*storage,\s*(?:'Intermission(\w+)'|`\$\{prefix\}(\w+)`|(\w+_TABLE))/g),
      ].map(([, whole, tail, constant = '']) => `Intermission${whole ?? tail ?? named.get(constant)}`),
    );

    expect(opened.length).toBeGreaterThan(3);
    expect(last('Microsoft.Storage/storageAccounts/tableServices/tables')).toEqual(
      [...new Set(opened)].sort(),
    );
  });

  test('has the queues that the functions listen to', () => {
    const heard = readSources('functions').flatMap(({ code }) =>
      [...code.matchAll(/queueName: '([\w-]+)'/g)].map(([, name = '']) => name),
    );

    expect(heard).toContain(RUN_QUEUE);
    expect(last('Microsoft.Storage/storageAccounts/queueServices/queues')).toEqual(
      [...new Set(heard)].sort(),
    );
  });
});
