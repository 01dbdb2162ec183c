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
      'federatedCredentialAudience',
      'federatedCredentialIssuer',
      'federatedCredentialSubject',
      'keyVaultName',
      'managedIdentityClientId',
      'sampleLogicAppPrincipalId',
    ]);
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

  test('is a vault with roles, from which nothing can be purged', () => {
    expect(only('Microsoft.KeyVault/vaults', z.looseObject({}))).toMatchObject({
      enableRbacAuthorization: true,
      enablePurgeProtection: true,
      publicNetworkAccess: set === 'private' ? 'Disabled' : 'Enabled',
    });
  });

  test('is telemetry that only who has the role may send', () => {
    expect(only('Microsoft.Insights/components', z.looseObject({}))).toMatchObject({
      DisableLocalAuth: true,
    });
    expect(only('Microsoft.OperationalInsights/workspaces', z.looseObject({}))).toMatchObject({
      features: { disableLocalAuth: true },
    });
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
    ]) {
      expect(`${type} ${isThere(type)}`).toBe(`${type} ${set === 'private'}`);
    }
  });
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

    expect([...services].sort()).toEqual(['blob', 'queue', 'table', 'vault']);
    expect(ofType('Microsoft.Network/privateDnsZones')).toHaveLength(4);
    expect(ofType('Microsoft.Network/privateDnsZones/virtualNetworkLinks')).toHaveLength(4);
    expect(ofType('Microsoft.Network/privateEndpoints/privateDnsZoneGroups')).toHaveLength(4);
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
        excludedPaths: ['/api/health', '/api/openapi.json', '/api/webhooks/*', '/api/runs/*'],
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
    const opened = readSources('shared').flatMap(({ code }) =>
      [...code.matchAll(/openTable\(\s*storage,\s*(?:'Intermission|`\$\{prefix\})(\w+)['`]/g)].map(
        ([, name]) => `Intermission${name}`,
      ),
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
