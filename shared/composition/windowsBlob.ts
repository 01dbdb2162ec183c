import type { ManagedIdentityCredential } from '@azure/identity';
import { BlobTooLong, type ReadBlob } from '../service/windowSource.ts';
import type { Settings } from '../settings/readSettings.ts';
import { STORAGE_LIMIT_IN_MS, within } from '../time/within.ts';
import { MAX_WINDOWS_IN_BYTES } from '../windows/parseWindows.ts';
import type { Outside } from './outside.ts';

/** Reads the blob that `WINDOWS_BLOB` names in the app's own storage; null where none is named. The SDK is loaded at the first read. */
export function windowsBlobOf(
  settings: Settings,
  credential: () => Promise<ManagedIdentityCredential>,
  outside?: Outside,
): ReadBlob | null {
  const {
    WINDOWS_BLOB: path,
    AzureWebJobsStorage,
    AzureWebJobsStorage__blobServiceUri: serviceUri,
  } = settings;
  if (path === null) {
    return null;
  }
  if (outside?.readWindowsBlob !== undefined) {
    return outside.readWindowsBlob;
  }
  const [container = '', ...rest] = path.split('/');
  const read = async (abortSignal: AbortSignal) => {
    const { BlobServiceClient } = await import('@azure/storage-blob');
    const service =
      serviceUri === null
        ? BlobServiceClient.fromConnectionString(AzureWebJobsStorage ?? '')
        : new BlobServiceClient(serviceUri, await credential());
    const blob = service.getContainerClient(container).getBlobClient(rest.join('/'));
    try {
      const { etag = '', contentLength = 0, lastModified } = await blob.getProperties({ abortSignal });
      if (contentLength > MAX_WINDOWS_IN_BYTES) {
        throw new BlobTooLong(contentLength, MAX_WINDOWS_IN_BYTES);
      }
      const bytes = await blob.downloadToBuffer(0, contentLength, {
        conditions: { ifMatch: etag },
        abortSignal,
      });
      return { text: bytes.toString('utf8'), etag, modifiedMs: lastModified?.getTime() ?? null };
    } catch (error) {
      if (typeof error === 'object' && error !== null && 'statusCode' in error && error.statusCode === 404) {
        return null;
      }
      throw error;
    }
  };
  return () => within(STORAGE_LIMIT_IN_MS, read);
}
