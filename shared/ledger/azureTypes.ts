// Types alone, so that naming them loads nothing of the SDKs.
export type { TableClient, TransactionAction } from '@azure/data-tables';
export type { TokenCredential } from '@azure/identity';
