import { gunzipSync } from 'node:zlib';
import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import { FOR_ALL, loadPage, notFound } from '../page/pageFiles.ts';
import type { Answer } from '../wire/problem.ts';
import type { PathParameters } from './route.ts';

/** It is for browsers: no program calls it. */
export const operation = null;

/** `GET /api/ui/{file}`: a file of the page. Its name changes with what it holds, so that it may be kept for good. */
export async function answer(
  _composed: Composed,
  { header }: Pick<DoorRequest, 'header'>,
  { file: name = '' }: PathParameters,
): Promise<Answer> {
  const page = await loadPage();
  const file = page !== null && Object.hasOwn(page.files, name) ? page.files[name] : undefined;
  if (file === undefined) {
    return notFound();
  }
  const compressed = Buffer.from(file.gzip, 'base64');
  const takesGzip = /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/.test(header('accept-encoding') ?? '');
  const headers = {
    ...FOR_ALL,
    'content-type': file.contentType,
    'cache-control': 'public, max-age=31536000, immutable',
    vary: 'accept-encoding',
  };
  return takesGzip
    ? { status: 200, headers: { ...headers, 'content-encoding': 'gzip' }, body: compressed }
    : { status: 200, headers, body: gunzipSync(compressed) };
}
