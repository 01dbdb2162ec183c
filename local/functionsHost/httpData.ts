import type { IncomingMessage, ServerResponse } from 'node:http';
import type { HttpCookie, HttpData, TypedData } from './coreTypes.ts';
import { HostStartError } from './hostStartError.ts';

/**
 * How long a body may be: `FUNCTIONS_REQUEST_BODY_SIZE_LIMIT`, else the real host's 100 MiB. Source: the host's
 * `EnvironmentSettingNames` and `Program.cs`.
 * @throws HostStartError where it is no number.
 */
export function bodyLimitOf(settings: Readonly<Record<string, string | undefined>>): number {
  const text = settings['FUNCTIONS_REQUEST_BODY_SIZE_LIMIT'] ?? '104857600';
  if (!/^\d{1,10}$/.test(text)) {
    throw new HostStartError(`FUNCTIONS_REQUEST_BODY_SIZE_LIMIT is "${text}"; it must be a number of bytes.`);
  }
  return Number(text);
}

/** The body, or `tooLarge` above the limit; one that says so in its head is not read. */
export async function readBody(
  request: IncomingMessage,
  maxBodyInBytes: number,
): Promise<Buffer | 'tooLarge'> {
  if (Number(request.headers['content-length'] ?? 0) > maxBodyInBytes) {
    return 'tooLarge';
  }
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
