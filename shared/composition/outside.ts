import type { Transport } from '../insights/exchange.ts';
import type { TableClient } from '../ledger/azureTypes.ts';
import type { QueueClient } from '../runs/runQueue.ts';
import type { SeenStore } from '../service/seenReports.ts';
import type { ReadBlob } from '../service/windowSource.ts';
import type { FetchToken } from '../signIn/createTokenSource.ts';

/** What one process of the service reaches outside of itself; a simulation puts its own worlds there. */
export interface Outside {
  /** A table of the app's storage by its name, made where it was missing. */
  openTable(name: string): Promise<TableClient>;
  /** The run queue. */
  openQueue(): Promise<QueueClient>;
  /** The blob that `WINDOWS_BLOB` names; that of the app's storage where it is left out. */
  readonly readWindowsBlob?: ReadBlob;
  /** Where what people looked at is shared; blobs of the app's storage where it is left out. */
  readonly seenReports?: SeenStore;
  readonly fetchToken: FetchToken;
  /** The network before the Insights API. */
  readonly transport: Transport;
}
