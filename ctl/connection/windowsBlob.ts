import { CommandError, wrongUsage } from '../commandError.ts';

/** The blob that the app reads its windows from. */
export interface WindowsBlob {
  /** What people are told of where it is; no secret. */
  readonly place: string;
  /** Null where there is none yet. @throws CommandError (3) */
  read(): Promise<{ readonly text: string; readonly etag: string } | null>;
  /** Puts it in the place of the version `etag`, or of none; false where another one stands there meanwhile. @throws CommandError (3) */
  write(text: string, etag: string | null): Promise<boolean>;
}

/**
 * The blob `container/name` of a storage account: by name or address, signed in as `az login` did, or by the connection
 * string of a local one. The SDK is loaded here.
 * @throws CommandError (2) where that is none of the three
 */
export async function openWindowsBlob(storage: string, path: string): Promise<WindowsBlob> {
  const { BlobServiceClient } = await import('@azure/storage-blob');
  const [container = '', ...rest] = path.split('/');
  const service = /(?:^|;)(?:UseDevelopmentStorage|AccountName)=/i.test(storage)
    ? BlobServiceClient.fromConnectionString(storage)
    : new BlobServiceClient(addressOf(storage), await cliCredential());
  const blob = service.getContainerClient(container).getBlockBlobClient(rest.join('/'));
  const place = new URL(blob.url);
  return {
    place: `${place.host}${place.pathname}`,
    read: () =>
      orNull(async () => {
        const { etag = '' } = await blob.getProperties();
        const bytes = await blob.downloadToBuffer(0, undefined, { conditions: { ifMatch: etag } });
        return { text: bytes.toString('utf8'), etag };
      }),
    write: async (text, etag) => {
      const conditions = etag === null ? { ifNoneMatch: '*' } : { ifMatch: etag };
      const blobHTTPHeaders = { blobContentType: 'application/json' };
      try {
        await blob.upload(text, Buffer.byteLength(text), { conditions, blobHTTPHeaders });
        return true;
      } catch (error) {
        // 412: another version stands there; 409: one stands there where none did.
        if ([409, 412].includes(statusOf(error))) {
          return false;
        }
        throw refused(error);
      }
    },
  };
}

function addressOf(storage: string): string {
  if (/^[a-z\d]{3,24}$/.test(storage)) {
    return `https://${storage}.blob.core.windows.net`;
  }
  if (/^https:\/\/[^/?#@\s]+\/?$/.test(storage)) {
    return storage;
  }
  throw wrongUsage('--storage is the name of the storage account, or the https address of its blobs.');
}

async function cliCredential() {
  const { AzureCliCredential } = await import('@azure/identity');
  return new AzureCliCredential();
}

async function orNull<Value>(read: () => Promise<Value>): Promise<Value | null> {
  try {
    return await read();
  } catch (error) {
    if (statusOf(error) === 404) {
      return null;
    }
    throw refused(error);
  }
}

function statusOf(error: unknown): number {
  return typeof error === 'object' && error !== null && 'statusCode' in error ? Number(error.statusCode) : 0;
}

function refused(error: unknown): CommandError {
  const status = statusOf(error);
  if (status === 401 || status === 403) {
    const role = 'take the role Storage Blob Data Contributor on the container, or let the network in';
    return new CommandError(3, 'storage_forbidden', `The storage refuses (${status}): ${role}.`);
  }
  if (status === 404) {
    return new CommandError(
      3,
      'storage_not_found',
      'There is no such container: check --blob and --storage.',
    );
  }
  const name = error instanceof Error ? error.name : 'unknown';
  const advice = 'run "az login", and check --storage and the network';
  return new CommandError(3, 'storage_unreachable', `The storage could not be asked (${name}): ${advice}.`);
}
