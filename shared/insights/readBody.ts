import type { IncomingMessage } from 'node:http';
import { pipeline, type Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** What an answer may be packed with, as `Accept-Encoding` says it: a list of ten thousand reports is a tenth so. */
export const ACCEPTED_ENCODINGS = 'gzip, deflate, br';

/** An answer whose body is longer than it may be. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge';
}

/**
 * Reads the whole body of an answer, unpacked. The bound is for what comes out, so that little that unpacks to very much is refused.
 * `failed` is told {@link BodyTooLarge}, or the error of the connection or of the unpacking; an answer that is cut off is one.
 */
export function readBody(
  answer: IncomingMessage,
  maxInBytes: number,
  { ended, failed }: { readonly ended: (body: Buffer) => void; readonly failed: (error: unknown) => void },
): void {
  const parts: Buffer[] = [];
  let length = 0;
  const body = unpacked(answer, failed);
  body.on('data', (part: Buffer) => {
    length += part.length;
    if (length <= maxInBytes) {
      parts.push(part);
      return;
    }
    failed(new BodyTooLarge(`more than ${maxInBytes} bytes`));
    answer.destroy();
  });
  body.once('end', () => ended(Buffer.concat(parts)));
  body.on('error', failed);
}

function unpacked(answer: IncomingMessage, failed: (error: unknown) => void): Readable {
  const encoding = answer.headers['content-encoding']?.trim().toLowerCase() ?? 'identity';
  const unpack = unpackers.get(encoding);
  return unpack === undefined
    ? answer
    : pipeline(answer, unpack(), (error) => {
        if (error) failed(error);
      });
}

const unpackers = new Map([
  ['gzip', createGunzip],
  ['x-gzip', createGunzip],
  ['deflate', createInflate],
  ['br', createBrotliDecompress],
]);
