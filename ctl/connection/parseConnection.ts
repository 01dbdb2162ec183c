import { wrongUsage } from '../commandError.ts';
import type { Connection } from '../commandLine.ts';

interface Given {
  readonly url?: string | undefined;
  readonly key?: string | undefined;
  readonly audience?: string | undefined;
  readonly by?: string | undefined;
}

/** Where the app is and how to sign in: flags before the environment. No message repeats what was given. @throws CommandError (2) */
export function parseConnection(flags: Given, env: Readonly<Record<string, string | undefined>>): Connection {
  const url = flags.url ?? filled(env['INTERMISSION_URL']);
  if (url === undefined) {
    throw wrongUsage('Give --url URL of the app, or set INTERMISSION_URL.');
  }
  return { origin: parseOrigin(url), signIn: parseSignIn(flags, env) };
}

function parseSignIn(flags: Given, env: Readonly<Record<string, string | undefined>>): Connection['signIn'] {
  if (flags.key !== undefined && flags.audience !== undefined) {
    throw wrongUsage('Give either --key or --audience, not both.');
  }
  const key = flags.key ?? (flags.audience === undefined ? filled(env['INTERMISSION_KEY']) : undefined);
  if (key !== undefined) {
    if (!/^[\x21-\x7e]+$/.test(key)) {
      throw wrongUsage('--key (or INTERMISSION_KEY) has characters that no key has: copy it again.');
    }
    const by = flags.by ?? filled(env['INTERMISSION_BY']);
    if (by !== undefined && !/^[\x20-\x7e]{1,100}$/.test(by)) {
      throw wrongUsage('--by (or INTERMISSION_BY) must be 1 to 100 characters of plain ASCII.');
    }
    return { kind: 'key', key, ...(by === undefined ? {} : { by }) };
  }
  if (flags.by !== undefined) {
    throw wrongUsage('--by goes with a key: with --audience the app knows who asks.');
  }
  const audience = flags.audience ?? filled(env['INTERMISSION_AUDIENCE']);
  if (audience === undefined) {
    throw wrongUsage(
      'Sign in: set INTERMISSION_KEY (or --key KEY), or give --audience URI after "az login".',
    );
  }
  return { kind: 'azureCli', audience };
}

const LOOPBACK = new Set(['localhost', '127.0.0.1', '[::1]']);

function parseOrigin(text: string): string {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['https:', 'http:'].includes(url.protocol)) {
    throw wrongUsage('--url must be an address like https://NAME.azurewebsites.net.');
  }
  if (url.username !== '' || url.password !== '' || url.search !== '' || url.hash !== '') {
    throw wrongUsage(
      '--url must be the address alone, without "?code=": the key goes into INTERMISSION_KEY.',
    );
  }
  if (!['', '/', '/api', '/api/'].includes(url.pathname)) {
    throw wrongUsage('--url must be the address of the app without a path.');
  }
  if (url.protocol === 'http:' && !LOOPBACK.has(url.hostname)) {
    throw wrongUsage(
      '--url must begin with https: plain http would show the key to others; only loopback may.',
    );
  }
  return url.origin;
}

function filled(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}
