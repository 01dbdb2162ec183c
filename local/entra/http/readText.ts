import type { IncomingMessage } from 'node:http';

const maxBodyInBytes = 256 * 1024;

/** The body as text; what is longer than any request of a client is cut off and read as nothing. */
export async function readText(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    const bytes = Buffer.from(chunk);
    length += bytes.length;
    if (length <= maxBodyInBytes) {
      chunks.push(bytes);
    }
  }
  return length > maxBodyInBytes ? '' : Buffer.concat(chunks).toString('utf8');
}
