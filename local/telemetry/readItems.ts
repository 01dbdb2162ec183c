import type { IncomingMessage } from 'node:http';
import { promisify } from 'node:util';
import { gunzip } from 'node:zlib';

const unzip = promisify(gunzip);
const MAX_BODY_IN_BYTES = 16 * 1024 * 1024;

/** The items of a request: a JSON array, one JSON object, or one per line; `tooLarge`, or null where it is none of these. */
export async function readItems(request: IncomingMessage): Promise<readonly unknown[] | 'tooLarge' | null> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= MAX_BODY_IN_BYTES) {
      chunks.push(bytes);
    }
  }
  if (length > MAX_BODY_IN_BYTES) {
    return 'tooLarge';
  }
  try {
    const body = Buffer.concat(chunks);
    const isZipped = request.headers['content-encoding'] === 'gzip';
    const text = isZipped
      ? await unzip(body, { maxOutputLength: MAX_BODY_IN_BYTES }).then(String)
      : body.toString('utf8');
    return parseItems(text);
  } catch {
    return null;
  }
}

function parseItems(text: string): readonly unknown[] {
  const trimmed = text.trim();
  if (trimmed.startsWith('[')) {
    const items: unknown = JSON.parse(trimmed);
    return Array.isArray(items) ? items : [];
  }
  return trimmed === '' ? [] : trimmed.split('\n').map((line): unknown => JSON.parse(line));
}
