/** A part of Azure that the app calls with its identity. */
export type AzureService = 'blob' | 'queue' | 'table' | 'vault' | 'telemetry';

/** A built-in role: what it allows, on data and beside it. `*` stands for any end. */
export interface BuiltInRole {
  readonly id: string;
  readonly service: AzureService;
  readonly allows: readonly string[];
}

const BLOBS = 'Microsoft.Storage/storageAccounts/blobServices';
const QUEUES = 'Microsoft.Storage/storageAccounts/queueServices/queues';
const TABLES = 'Microsoft.Storage/storageAccounts/tableServices/tables';
const SECRETS = 'Microsoft.KeyVault/vaults/secrets';

/** Every built-in role for the data of these services that could be in question, actions and data actions together. */
// Source: learn.microsoft.com/azure/role-based-access-control/built-in-roles (storage, security, monitor; July 2026).
export const builtInRoles: Readonly<Record<string, BuiltInRole>> = {
  'Storage Blob Data Owner': {
    id: 'b7e6dc6d-f1e8-4753-8033-0f276bb0955b',
    service: 'blob',
    allows: [
      `${BLOBS}/containers/*`,
      `${BLOBS}/generateUserDelegationKey/action`,
      `${BLOBS}/containers/blobs/*`,
    ],
  },
  'Storage Blob Data Contributor': {
    id: 'ba92f5b4-2d11-453d-a403-e96b0029c9fe',
    service: 'blob',
    allows: [
      ...['delete', 'read', 'write'].map((verb) => `${BLOBS}/containers/${verb}`),
      `${BLOBS}/generateUserDelegationKey/action`,
      ...['delete', 'read', 'write', 'move/action', 'add/action'].map(
        (verb) => `${BLOBS}/containers/blobs/${verb}`,
      ),
    ],
  },
  'Storage Blob Data Reader': {
    id: '2a2b9908-6ea1-4ae2-8e65-a410df84e7d1',
    service: 'blob',
    allows: [
      `${BLOBS}/containers/read`,
      `${BLOBS}/generateUserDelegationKey/action`,
      `${BLOBS}/containers/blobs/read`,
    ],
  },
  'Storage Queue Data Contributor': {
    id: '974c5e8b-45b9-4653-ba55-5f855dd0fb88',
    service: 'queue',
    allows: [
      ...['delete', 'read', 'write'].map((verb) => `${QUEUES}/${verb}`),
      ...['delete', 'read', 'write', 'process/action'].map((verb) => `${QUEUES}/messages/${verb}`),
    ],
  },
  'Storage Queue Data Message Processor': {
    id: '8a0f0c08-91a1-4084-bc3d-661d67233fed',
    service: 'queue',
    allows: [`${QUEUES}/messages/read`, `${QUEUES}/messages/process/action`],
  },
  'Storage Queue Data Message Sender': {
    id: 'c6a89b2d-59bc-44d0-9896-0f6e12d7b80a',
    service: 'queue',
    allows: [`${QUEUES}/messages/add/action`],
  },
  'Storage Queue Data Reader': {
    id: '19e7f393-937e-4f77-808e-94535e297925',
    service: 'queue',
    allows: [`${QUEUES}/read`, `${QUEUES}/messages/read`],
  },
  'Storage Table Data Contributor': {
    id: '0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3',
    service: 'table',
    allows: [
      ...['read', 'write', 'delete'].map((verb) => `${TABLES}/${verb}`),
      ...['read', 'write', 'delete', 'add/action', 'update/action'].map(
        (verb) => `${TABLES}/entities/${verb}`,
      ),
    ],
  },
  'Storage Table Data Reader': {
    id: '76199698-9eea-4c19-bc75-cec21354c6b6',
    service: 'table',
    allows: [`${TABLES}/read`, `${TABLES}/entities/read`],
  },
  'Key Vault Secrets User': {
    id: '4633458b-17de-408a-b874-0445c86b69e6',
    service: 'vault',
    allows: [`${SECRETS}/getSecret/action`, `${SECRETS}/readMetadata/action`],
  },
  'Key Vault Secrets Officer': {
    id: 'b86a8fe4-44ce-4948-aee5-eccb2c155cd7',
    service: 'vault',
    allows: [`${SECRETS}/*`],
  },
  'Monitoring Metrics Publisher': {
    id: '3913510d-42f4-4e42-8a64-420c390055eb',
    service: 'telemetry',
    allows: ['Microsoft.Insights/Metrics/Write', 'Microsoft.Insights/Telemetry/Write'],
  },
};

/** Whether one of these patterns allows the action, or all that the pattern `action` stands for. */
export function allows(patterns: readonly string[], action: string): boolean {
  return patterns.some(
    (pattern) => pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1))),
  );
}
