import * as tables from '@azure/data-tables';
import * as vault from '@azure/keyvault-secrets';
import * as blobs from '@azure/storage-blob';
import * as queues from '@azure/storage-queue';
import { readSources } from '../architecture/sourceFiles.ts';
import {
  type AzureCall,
  acceptedBeyond,
  callsOfHost,
  callsOfOurs,
  callsThatStay,
  namedForHost,
} from './azureCalls.ts';
import { type AzureService, allows, builtInRoles } from './builtInRoles.ts';
import { deployedBy, PARAMETER_SETS } from './deployment.ts';

const clients = [
  tables.TableClient,
  tables.TableServiceClient,
  queues.QueueClient,
  queues.QueueServiceClient,
  blobs.BlobServiceClient,
  blobs.ContainerClient,
  blobs.BlobClient,
  blobs.BlockBlobClient,
  blobs.BlobLeaseClient,
  vault.SecretClient,
];

/** Words that many objects have as methods: a call of an SDK only in a file that knows a client. */
const COMMON_WORDS = new Set(['create', 'delete', 'exists', 'query', 'download', 'upload', 'name', 'url']);
const KNOWS_A_CLIENT =
  /@azure\/(?:data-tables|storage-|keyvault-)|\b(?:Table|Queue|Blob|Container|Secret)Client\b/;

const sources = readSources('functions', 'shared');

/** Every method of an Azure client that the sources call, by name. */
function calledMethods(): ReadonlySet<string> {
  const methods = new Set(clients.flatMap((client) => Object.getOwnPropertyNames(client.prototype)));
  const called = sources.flatMap(({ code }) =>
    [...code.matchAll(/\.(\w+)(?:<[^>()]*>+)?\(/g)]
      .map(([, name = '']) => name)
      .filter((name) => methods.has(name) && (!COMMON_WORDS.has(name) || KNOWS_A_CLIENT.test(code))),
  );
  const exports = sources.some(({ code }) => /\bAzureMonitor\w+Exporter\b/.test(code));
  return new Set([...called, ...(exports ? ['AzureMonitorExporter'] : [])]);
}

const nameOf = (id: string) =>
  Object.entries(builtInRoles).find(([, role]) => role.id === id)?.[0] ?? `an unknown role ${id}`;

const ROOTS: readonly (readonly [RegExp, readonly AzureService[]])[] = [
  [/^Microsoft\.Storage\/storageAccounts\/\w+$/, ['blob', 'queue', 'table']],
  [/^Microsoft\.KeyVault\/vaults\/[\w-]+$/, ['vault']],
  [/^Microsoft\.Insights\/components\/[\w-]+$/, ['telemetry']],
];

describe('the calls to Azure', () => {
  test('of the code stand all in the table, and the table has no other', () => {
    const called = [...calledMethods()].filter((name) => !callsThatStay.includes(name));

    expect(called.sort()).toEqual(callsOfOurs.map(({ call }) => call).sort());
  });

  test('are looked for in every SDK that the code uses; what only signs in or measures takes no role', () => {
    const used = sources.flatMap(({ imports }) =>
      imports.map(({ specifier }) => specifier).filter((specifier) => specifier.startsWith('@azure/')),
    );
    const withoutRole = /^@azure\/(?:core-[\w-]+|functions|identity|msal-node)$/;

    expect([...new Set(used)].filter((name) => !withoutRole.test(name)).sort()).toEqual([
      '@azure/data-tables',
      '@azure/keyvault-secrets',
      '@azure/monitor-opentelemetry-exporter',
      '@azure/storage-blob',
      '@azure/storage-queue',
    ]);
  });
});

describe.each(PARAMETER_SETS)('the roles that %s gives', (set) => {
  const assignments = deployedBy(set).assignments();
  const ofApp = assignments.filter(({ isForApp }) => isForApp);
  const isSecureApp = set === 'usual';
  const calls: readonly AzureCall[] = [
    ...callsOfOurs.filter(({ onlySecureApp }) => isSecureApp || onlySecureApp === undefined),
    ...callsOfHost,
  ];
  const granted = ofApp.map(({ roleId }) => nameOf(roleId));
  const roles = [...new Set(granted)];
  const takenFrom = (service: AzureService) =>
    calls.filter((call) => call.service === service).flatMap(({ takes }) => takes);

  test('to the app are on one resource each, and for its own service', () => {
    const strange = ofApp.filter(({ scope, roleId }) => {
      const [, services = []] = ROOTS.find(([pattern]) => pattern.test(scope)) ?? [];
      const service = builtInRoles[nameOf(roleId)]?.service;
      return service === undefined || !services.includes(service);
    });

    expect(strange).toEqual([]);
    expect(granted.sort()).toEqual([
      ...(isSecureApp ? ['Key Vault Secrets Officer'] : ['Key Vault Secrets User']),
      'Key Vault Secrets User',
      'Monitoring Metrics Publisher',
      'Storage Blob Data Owner',
      'Storage Queue Data Contributor',
      'Storage Table Data Contributor',
    ]);
  });

  test('let the app write no secret of webhooks: theirs is a vault that it may only read', () => {
    const vaults = ofApp.flatMap(({ scope, roleId }) => {
      const [, name] = /^Microsoft\.KeyVault\/vaults\/(kvw?)-/.exec(scope) ?? [];
      return name === undefined ? [] : [`${name} ${nameOf(roleId)}`];
    });

    expect(vaults.sort()).toEqual([
      `kv Key Vault Secrets ${isSecureApp ? 'Officer' : 'User'}`,
      'kvw Key Vault Secrets User',
    ]);
    expect(deployedBy(set).appSettings().get('WEBHOOK_VAULT_URL')).toContain("'kvw-");
  });

  test('let every call succeed: none takes more than is granted', () => {
    const patterns = granted.flatMap((name) => builtInRoles[name]?.allows ?? []);
    const refused = calls.flatMap(({ call, takes }) =>
      takes.filter((action) => !allows(patterns, action)).map((action) => `${call} takes ${action}`),
    );

    expect(refused).toEqual([]);
  });

  test.each(roles)('have no more in %s than is called or accepted for a reason', (name) => {
    const { service, allows: patterns } = builtInRoles[name] ?? { service: 'blob', allows: [] };
    const beyond = patterns.filter((pattern) => !takenFrom(service).includes(pattern));

    expect(acceptedBeyond[name]).toEqual(expect.arrayContaining(beyond));
  });

  test.each(roles.filter((name) => !namedForHost.includes(name)))(
    'have nothing smaller than %s that would do',
    (name) => {
      const { service, allows: patterns } = builtInRoles[name] ?? { service: 'blob', allows: [] };
      const smaller = Object.entries(builtInRoles)
        .filter(([other, role]) => other !== name && role.service === service)
        .filter(([, role]) => role.allows.every((action) => allows(patterns, action)))
        .flatMap(([, role]) => role.allows);

      expect(takenFrom(service).every((action) => allows(smaller, action))).toBe(false);
    },
  );

  test('to the operator are for the secrets of the vault and the blob of windows, and for nothing else', () => {
    const ofOperator = assignments
      .filter(({ isForApp }) => !isForApp)
      .map(({ scope, roleId, principalType }) => [
        scope.replace(/^(Microsoft\.\w+\/\w+)\/[\w-]+/, '$1/NAME'),
        nameOf(roleId),
        principalType,
      ]);
    const type = set === 'private' ? 'Group' : 'User';

    expect(ofOperator).toEqual(
      set === 'smallest'
        ? []
        : [
            ['Microsoft.KeyVault/vaults/NAME', 'Key Vault Secrets Officer', type],
            ['Microsoft.KeyVault/vaults/NAME', 'Key Vault Secrets Officer', type],
            [
              'Microsoft.Storage/storageAccounts/NAME/blobServices/default/containers/windows',
              'Storage Blob Data Contributor',
              type,
            ],
          ],
    );
  });
});
