import type { JSONWebKeySet } from 'jose';
import { z } from 'zod';

/** Short, because a sender of webhooks waits ten seconds for its answer. */
const ATTEMPT_IN_MS = 3_000;
const MAX_DOCUMENT_IN_BYTES = 512 * 1024;

const keySetShape = z.object({
  keys: z
    .array(z.looseObject({ kty: z.string() }))
    .min(1)
    .max(100),
});

/** Reads a JSON Web Key Set; follows no redirect. @throws where it cannot be had within the time and the size, or is none. */
export async function fetchKeySet(url: string): Promise<JSONWebKeySet> {
  const response = await fetch(url, {
    headers: { accept: 'application/json' },
    redirect: 'error',
    signal: AbortSignal.timeout(ATTEMPT_IN_MS),
  });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw new Error(`the keys were answered with ${response.status}`);
  }
  return keySetShape.parse(JSON.parse(await readText(response)));
}

async function readText(response: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let sizeInBytes = 0;
  for await (const chunk of response.body ?? []) {
    sizeInBytes += chunk.byteLength;
    if (sizeInBytes > MAX_DOCUMENT_IN_BYTES) throw new RangeError('the keys are too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}
