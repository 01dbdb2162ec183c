import { gunzipSync } from 'node:zlib';
import type { Answer } from '../http/problem.ts';
import type { CallerSettings } from '../settings/callerSettings.ts';
import type { BuiltPage } from './builtPage.ts';
import { shellHtml, signInOf } from './shellHtml.ts';

/** What both doors need of a request. */
interface PageRequest {
  readonly url: URL;
  header(name: string): string | null;
}

/** `GET /api/ui`: the shell of the page, for anybody. It holds no data: what the page shows it asks for as its user. */
export async function pageDoor(
  { url }: Pick<PageRequest, 'url'>,
  callers: CallerSettings | null,
): Promise<Answer> {
  const page = await loadPage();
  if (page === null) {
    return notFound();
  }
  const base = url.pathname.replace(/\/+$/, '');
  const headers = {
    ...FOR_ALL,
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-cache',
    'content-security-policy': policyFor(callers),
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
    'x-frame-options': 'DENY',
  };
  return { status: 200, headers, body: Buffer.from(shellHtml(page, base, signInOf(callers))) };
}

/** `GET /api/ui/{file}`: a file of the page. Its name changes with what it holds, so that it may be kept for good. */
export async function pageFileDoor({ header }: Pick<PageRequest, 'header'>, name: string): Promise<Answer> {
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

const FOR_ALL = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
};

/** Loaded when it is first asked for: no other door needs it. */
async function loadPage(): Promise<BuiltPage | null> {
  const { builtPage } = await import('./builtPage.ts');
  return builtPage;
}

/** The page runs its own files and nothing else, and calls this app; with Entra the authority too, to sign in. */
function policyFor(callers: CallerSettings | null): string {
  const authority = callers?.kind === 'entra' ? ` ${new URL(callers.authorityHost).origin}` : '';
  return [
    "default-src 'none'",
    "script-src 'self'",
    "style-src 'self'",
    "img-src 'self'",
    `connect-src 'self'${authority}`,
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    "trusted-types 'none'",
  ].join('; ');
}

/** As the host answers a route that is none. */
function notFound(): Answer {
  return { status: 404, headers: { ...FOR_ALL, 'cache-control': 'no-store' }, body: Buffer.alloc(0) };
}
