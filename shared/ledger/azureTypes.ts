// Types alone, so that naming them loads nothing of the SDKs.
import type { TableClient as SdkTableClient } from '@azure/data-tables';

export type { TransactionAction } from '@azure/data-tables';
export type { TokenCredential } from '@azure/identity';

/** What the service uses of the SDK's client of one table. */
export type TableClient = Pick<
  SdkTableClient,
  | 'createEntity'
  | 'deleteEntity'
  | 'getEntity'
  | 'listEntities'
  | 'submitTransaction'
  | 'updateEntity'
  | 'upsertEntity'
>;
