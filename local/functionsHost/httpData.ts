import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpCookie, HttpData, TypedData } from './coreTypes.ts';

const maxBodyInBytes = 104_857_600;

/** The body, or `tooLarge` above the limit of the real host (100 MiB). */
export async function readBody(request: IncomingMessage): Promise<Buffer | 'tooLarge'> {
  const chunks: Buffer[] = [];
  let sizeInBytes = 0;
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    const bytes = Buffer.from(chunk);
    sizeInBytes += bytes.length;
    if (sizeInBytes > maxBodyInBytes) {
      return 'tooLarge';
    }
    chunks.push(bytes);
  }
  return Buffer.concat(chunks);
}

/** A request in the form in which the host hands it to a worker: repeated headers and query keys joined by commas. */
export function toHttpData(options: {
  request: IncomingMessage;
  url: URL;
  parameters: Readonly<Record<string, string>>;
  body: Buffer;
}): HttpData {
  const { request, url, parameters, body } = options;
  const headers = Object.entries(request.headersDistinct).map(([name, values]) => [
    name,
    (values ?? []).join(','),
  ]);
  const query = [...new Set(url.searchParams.keys())].map((name) => [
    name,
    url.searchParams.getAll(name).join(','),
  ]);
  return {
    method: request.method ?? 'GET',
    url: url.href,
    nullableHeaders: nullable(headers),
    nullableQuery: nullable(query),
    nullableParams: nullable(Object.entries(parameters)),
    ...(body.length > 0 && { body: { bytes: body } }),
  };
}

function nullable(pairs: readonly (readonly (string | undefined)[])[]): Record<string, { value: string }> {
  return Object.fromEntries(pairs.map(([name, value]) => [name ?? '', { value: value ?? '' }]));
}

/** Writes what the worker answered; nothing at all is 204, as in the real host. */
export function writeHttpData(response: ServerResponse, data: HttpData | undefined): void {
  if (data === undefined) {
    response.writeHead(204).end();
    return;
  }
  for (const [name, value] of Object.entries(data.headers ?? {})) {
    if (!/^(content-length|transfer-encoding|connection)$/i.test(name)) {
      response.setHeader(name, value);
    }
  }
  const cookies = (data.cookies ?? []).map(formatCookie);
  if (cookies.length > 0) {
    response.setHeader('set-cookie', cookies);
  }
  response.statusCode = Number(data.statusCode ?? 200);
  response.end(bytesOf(data.body));
}

function bytesOf(body: TypedData | null | undefined): Uint8Array | string {
  return body?.bytes ?? body?.string ?? '';
}

function formatCookie(cookie: HttpCookie): string {
  return [
    `${cookie.name ?? ''}=${encodeURIComponent(cookie.value ?? '')}`,
    cookie.path?.value === undefined ? '' : `Path=${cookie.path.value}`,
    cookie.domain?.value === undefined ? '' : `Domain=${cookie.domain.value}`,
    cookie.maxAge?.value === undefined ? '' : `Max-Age=${cookie.maxAge.value}`,
    cookie.secure?.value === true ? 'Secure' : '',
    cookie.httpOnly?.value === true ? 'HttpOnly' : '',
    cookie.sameSite === 'lax' || cookie.sameSite === 'strict' ? `SameSite=${cookie.sameSite}` : '',
  ]
    .filter((part) => part !== '')
    .join('; ');
}
