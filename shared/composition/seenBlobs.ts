import { setImmediate } from 'node:timers/promises';
import { promisify } from 'node:util';
import { gunzip, gzip } from 'node:zlib';
import type { ManagedIdentityCredential } from '@azure/identity';
import type { BlockBlobClient, ContainerClient } from '@azure/storage-blob';
import { z } from 'zod';
import { isConflict, storageStatus } from '../ledger/ledgerError.ts';
import { guard } from '../ledger/tables.ts';
import type { SeenReport, SeenReports, SeenStore, StoredSeen } from '../service/seenReports.ts';
import type { Settings } from '../settings/readSettings.ts';
import { STORAGE_LIMIT_IN_MS, within } from '../time/within.ts';

const CONTAINER = 'intermission-seen';

/** Reports of one line: they are parsed and written line by line, so that no account of any size holds up the process. */
const REPORTS_OF_LINE = 500;

/** A compressed blob longer than this is none that we wrote: 50,000 reports take some 6 MB. */
const MAX_BLOB_IN_BYTES = 32 * 1024 * 1024;
const MAX_TEXT_IN_BYTES = 128 * 1024 * 1024;

/** The SDK keeps no time of its own: this is only what it asks of the storage. */
const retryOptions = { maxTries: 2, tryTimeoutInMs: 3_000 };

/** What is known where a blob could not be fetched. */
const NOTHING = { version: 'unknown', seen: Promise.resolve(null) };

const headShape = z.object({
  askedMs: z.number(),
  isMfaCompliant: z.boolean().nullable(),
  outcome: z.discriminatedUnion('ok', [
    z.object({ ok: z.literal(true), serviceOffsetInMs: z.number() }),
    z.object({ ok: z.literal(false), code: z.string(), message: z.string() }),
  ]),
});

const lineShape: z.ZodType<readonly SeenReport[]> = z.array(
  z.object({
    readAtMs: z.number(),
    isChangedByUs: z.boolean(),
    report: z.object({
      ...{ reportId: z.string(), reportName: z.string(), queryId: z.string(), user: z.string() },
      reportStatus: z.enum(['Active', 'Paused', 'Inactive']),
      executeNow: z.boolean(),
      modifiedMs: z.number().nullable(),
      startTimeMs: z.number().nullable(),
      recurrenceIntervalInHours: z.number().nullable(),
      recurrenceCount: z.number().nullable(),
      contents: z.string(),
    }),
  }),
);

/**
 * What was seen of each account, as one blob in the app's own storage: its metadata tell who asked last, its content what
 * came of it. What was read before is kept in memory, so that it is fetched and parsed once. Each step is over within the
 * limit, because runs wait for it. The SDK is loaded at the first read.
 */
export function seenBlobsOf(
  settings: Settings,
  credential: () => Promise<ManagedIdentityCredential>,
  limitInMs = STORAGE_LIMIT_IN_MS,
): SeenStore {
  const open = openOnce(settings, credential, limitInMs);
  const timely = <Value>(attempt: string, work: (abortSignal: AbortSignal) => Promise<Value>) =>
    guard(attempt, () => within(limitInMs, work));
  const known = new Map<string, { readonly version: string; readonly seen: Promise<SeenReports | null> }>();
  const blobOf = async (accountKey: string) =>
    (await open()).getBlockBlobClient(`${encodeURIComponent(accountKey)}.json.gz`);

  return {
    read: (accountKey) =>
      timely('read what was seen', async (abortSignal) => {
        const blob = await blobOf(accountKey);
        const found = await unlessMissing(() => blob.getProperties({ abortSignal }));
        if (found === null) {
          return null;
        }
        const { etag = '', metadata = {}, contentLength = 0 } = found;
        const version = metadata['version'] ?? '';
        if (known.get(accountKey)?.version !== version) {
          const seen =
            contentLength === 0
              ? Promise.resolve(null)
              : within(limitInMs, (signal) => fetchSeen(blob, contentLength, signal));
          known.set(accountKey, { version, seen });
          seen.catch(() => known.set(accountKey, NOTHING));
        }
        const seen = (await known.get(accountKey)?.seen) ?? null;
        return { etag, claimedMs: Number(metadata['claimedms'] ?? 0), seen } satisfies StoredSeen;
      }),
    claim: (accountKey, etag, claimedMs) =>
      timely('claim the next look', async (abortSignal) => {
        const blob = await blobOf(accountKey);
        return etag === null
          ? etagUnlessConflict(() =>
              blob.uploadData(Buffer.alloc(0), {
                abortSignal,
                conditions: { ifNoneMatch: '*' },
                metadata: { claimedms: String(claimedMs), version: 'none' },
              }),
            )
          : etagUnlessConflict(async () => {
              const { metadata = {} } = await blob.getProperties({
                abortSignal,
                conditions: { ifMatch: etag },
              });
              return blob.setMetadata(
                { ...metadata, claimedms: String(claimedMs) },
                { abortSignal, conditions: { ifMatch: etag } },
              );
            });
      }),
    write: (accountKey, under, seen) =>
      timely('write what was seen', async (abortSignal) => {
        const blob = await blobOf(accountKey);
        const bytes = await encode(seen);
        const version = `${seen.askedMs}-${crypto.randomUUID()}`;
        const written = await etagUnlessConflict(() =>
          blob.uploadData(bytes, {
            abortSignal,
            conditions: under === null ? { ifNoneMatch: '*' } : { ifMatch: under.etag },
            metadata: { claimedms: String(under?.claimedMs ?? 0), version },
          }),
        );
        if (written === null) {
          return false;
        }
        known.set(accountKey, { version, seen: Promise.resolve(seen) });
        return true;
      }),
  };
}

function openOnce(
  { AzureWebJobsStorage, AzureWebJobsStorage__blobServiceUri: serviceUri }: Settings,
  credential: () => Promise<ManagedIdentityCredential>,
  limitInMs: number,
): () => Promise<ContainerClient> {
  const openContainer = async (abortSignal: AbortSignal) => {
    const { BlobServiceClient } = await import('@azure/storage-blob');
    const service =
      serviceUri === null
        ? BlobServiceClient.fromConnectionString(AzureWebJobsStorage ?? '', { retryOptions })
        : new BlobServiceClient(serviceUri, await credential(), { retryOptions });
    const container = service.getContainerClient(CONTAINER);
    await etagUnlessConflict(() => container.create({ abortSignal }));
    return container;
  };
  let opened: Promise<ContainerClient> | null = null;
  return () => {
    opened ??= within(limitInMs, openContainer).catch((error: unknown) => {
      opened = null;
      throw error;
    });
    return opened;
  };
}

async function unlessMissing<Value>(call: () => Promise<Value>): Promise<Value | null> {
  try {
    return await call();
  } catch (error) {
    if (storageStatus(error) === 404) {
      return null;
    }
    throw error;
  }
}

async function etagUnlessConflict(call: () => Promise<{ readonly etag?: string }>): Promise<string | null> {
  try {
    return (await call()).etag ?? null;
  } catch (error) {
    if (isConflict(error)) {
      return null;
    }
    throw error;
  }
}

async function encode({ askedMs, isMfaCompliant, outcome }: SeenReports): Promise<Buffer> {
  const { reports, ...head } = outcome.ok ? outcome : { ...outcome, reports: [] };
  const lines = [JSON.stringify({ askedMs, isMfaCompliant, outcome: head })];
  for (let at = 0; at < reports.length; at += REPORTS_OF_LINE) {
    lines.push(JSON.stringify(reports.slice(at, at + REPORTS_OF_LINE)));
    await setImmediate();
  }
  return promisify(gzip)(lines.join('\n'));
}

/** Null where the blob is none that this version can read: then it is as if nothing had been seen. */
async function fetchSeen(
  blob: BlockBlobClient,
  contentLength: number,
  abortSignal: AbortSignal,
): Promise<SeenReports | null> {
  if (contentLength > MAX_BLOB_IN_BYTES) {
    return null;
  }
  const packed = await unlessMissing(() => blob.downloadToBuffer(0, undefined, { abortSignal }));
  if (packed === null) {
    return null;
  }
  const text = await promisify(gunzip)(packed, { maxOutputLength: MAX_TEXT_IN_BYTES });
  const [first = '', ...lines] = text.toString('utf8').split('\n');
  const head = headShape.safeParse(JSON.parse(first)).data;
  if (head === undefined) {
    return null;
  }
  const reports: SeenReport[] = [];
  for (const line of lines) {
    const parsed = lineShape.safeParse(JSON.parse(line)).data;
    if (parsed === undefined) {
      return null;
    }
    reports.push(...parsed);
    await setImmediate();
  }
  const { askedMs, isMfaCompliant, outcome } = head;
  return { askedMs, isMfaCompliant, outcome: outcome.ok ? { ...outcome, reports } : outcome };
}
