import type { Composed } from '../http/composed.ts';
import type { DoorRequest } from '../http/doorRequest.ts';
import { FOR_ALL, loadPage, notFound } from '../page/pageFiles.ts';
import { shellHtml, signInOf } from '../page/shellHtml.ts';
import type { CallerSettings } from '../settings/callerSettings.ts';
import type { Answer } from '../wire/problem.ts';
import type { PathParameters, Surroundings } from './route.ts';

/** It is for browsers: no program calls it. */
export const operation = null;

/** `GET /api/ui`: the shell of the page, for anybody. It holds no data: what the page shows it asks for as its user. */
export async function answer(
  _composed: Composed,
  { url }: Pick<DoorRequest, 'url'>,
  _parameters: PathParameters,
  { readCallers }: Pick<Surroundings, 'readCallers'>,
): Promise<Answer> {
  const callers = readCallers();
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
