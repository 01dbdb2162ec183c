import type { AzureService } from './builtInRoles.ts';

/** One call to Azure with the app's identity, and what it takes. */
export interface AzureCall {
  readonly service: AzureService;
  /** A method of the SDK, as the code writes it; or what the Functions host does. */
  readonly call: string;
  readonly takes: readonly string[];
  /** Made only where an account signs in as `secureApp`. */
  readonly onlySecureApp?: true;
}

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices/containers';
const QUEUES = 'Microsoft.Storage/storageAccounts/queueServices/queues';
const TABLES = 'Microsoft.Storage/storageAccounts/tableServices/tables';
const SECRETS = 'Microsoft.KeyVault/vaults/secrets';

/**
 * Every method of the SDKs that our code calls and that leaves the process. A new one fails the test until it stands
 * here. Source for storage: "Authorize with Microsoft Entra ID", "Permissions for calling data operations"; for Key
 * Vault: "Azure permissions for Security", Microsoft.KeyVault.
 */
export const callsOfOurs: readonly AzureCall[] = [
  { service: 'blob', call: 'getProperties', takes: [`${BLOBS}/blobs/read`] },
  { service: 'blob', call: 'downloadToBuffer', takes: [`${BLOBS}/blobs/read`] },
  { service: 'blob', call: 'create', takes: [`${BLOBS}/write`] },
  { service: 'blob', call: 'setMetadata', takes: [`${BLOBS}/blobs/write`] },
  { service: 'blob', call: 'uploadData', takes: [`${BLOBS}/blobs/write`] },
  { service: 'queue', call: 'createIfNotExists', takes: [`${QUEUES}/write`] },
  { service: 'queue', call: 'sendMessage', takes: [`${QUEUES}/messages/write`] },
  { service: 'table', call: 'createTable', takes: [`${TABLES}/write`] },
  { service: 'table', call: 'getEntity', takes: [`${TABLES}/entities/read`] },
  { service: 'table', call: 'listEntities', takes: [`${TABLES}/entities/read`] },
  { service: 'table', call: 'createEntity', takes: [`${TABLES}/entities/add/action`] },
  { service: 'table', call: 'updateEntity', takes: [`${TABLES}/entities/update/action`] },
  {
    service: 'table',
    call: 'upsertEntity',
    takes: [`${TABLES}/entities/add/action`, `${TABLES}/entities/update/action`],
  },
  { service: 'table', call: 'deleteEntity', takes: [`${TABLES}/entities/delete`] },
  {
    service: 'table',
    call: 'submitTransaction',
    takes: [`${TABLES}/entities/add/action`, `${TABLES}/entities/update/action`, `${TABLES}/entities/delete`],
  },
  { service: 'vault', call: 'getSecret', takes: [`${SECRETS}/getSecret/action`] },
  { service: 'vault', call: 'setSecret', takes: [`${SECRETS}/setSecret/action`], onlySecureApp: true },
  {
    service: 'vault',
    call: 'updateSecretProperties',
    takes: [`${SECRETS}/update/action`],
    onlySecureApp: true,
  },
  {
    service: 'vault',
    call: 'listPropertiesOfSecretVersions',
    takes: [`${SECRETS}/readMetadata/action`],
    onlySecureApp: true,
  },
  { service: 'telemetry', call: 'AzureMonitorExporter', takes: ['Microsoft.Insights/Telemetry/Write'] },
];

/** Methods of the SDKs that only make an object of this process. */
export const callsThatStay: readonly string[] = [
  'getQueueClient',
  'getContainerClient',
  'getBlobClient',
  'getBlockBlobClient',
];

/** What the Functions host does with the same identity, by Microsoft's "Connecting to host storage with an identity". */
export const callsOfHost: readonly AzureCall[] = [
  {
    service: 'blob',
    call: 'locks, timers, function keys, the package: makes containers, leases, reads and writes blobs',
    takes: [
      `${BLOBS}/read`,
      `${BLOBS}/write`,
      `${BLOBS}/blobs/read`,
      `${BLOBS}/blobs/write`,
      `${BLOBS}/blobs/delete`,
    ],
  },
  {
    service: 'queue',
    call: 'queue trigger: takes messages out, moves a poisonous one, makes the poison queue, reads the length',
    takes: [
      `${QUEUES}/read`,
      `${QUEUES}/write`,
      `${QUEUES}/messages/read`,
      `${QUEUES}/messages/process/action`,
      `${QUEUES}/messages/write`,
    ],
  },
  { service: 'telemetry', call: 'requests and logs', takes: ['Microsoft.Insights/Telemetry/Write'] },
];

/** Roles that Microsoft names for the host although a smaller one seems to do. */
export const namedForHost: readonly string[] = ['Storage Blob Data Owner'];

/** What a role allows beyond what is called, and why it is given all the same. Anything not listed here fails. */
export const acceptedBeyond: Readonly<Record<string, readonly string[]>> = {
  // Microsoft names the role for the host, whose code we do not know; it is all or nothing.
  'Storage Blob Data Owner': [
    'Microsoft.Storage/storageAccounts/blobServices/containers/*',
    'Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action',
    'Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*',
  ],
  // No smaller built-in role may make a queue.
  'Storage Queue Data Contributor': [`${QUEUES}/delete`, `${QUEUES}/messages/delete`],
  // No smaller built-in role may write at all.
  'Storage Table Data Contributor': [`${TABLES}/read`, `${TABLES}/delete`, `${TABLES}/entities/write`],
  // The smallest role that reads a value.
  'Key Vault Secrets User': [`${SECRETS}/readMetadata/action`],
  // The only role that writes a secret; purge is in it, and purge protection of the vault makes it void.
  'Key Vault Secrets Officer': [`${SECRETS}/*`],
  // The only role that sends telemetry.
  'Monitoring Metrics Publisher': ['Microsoft.Insights/Metrics/Write'],
};
