import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

/** The keys of the whole host; the master key also opens what the function key opens. */
export interface HostKeys {
  readonly master: string;
  readonly function: string;
}

/** Whether the request carries, in `x-functions-key` or `?code=`, a key that is enough for the level. */
export function isAuthorized(options: {
  request: IncomingMessage;
  url: URL;
  level: 'anonymous' | 'function' | 'admin';
  keys: HostKeys;
}): boolean {
  const { request, url, level, keys } = options;
  if (level === 'anonymous') {
    return true;
  }
  const header = request.headers['x-functions-key'];
  const presented = typeof header === 'string' ? header : (url.searchParams.get('code') ?? '');
  const isMaster = isSameSecret(presented, keys.master);
  const isFunction = isSameSecret(presented, keys.function);
  return isMaster || (level === 'function' && isFunction);
}

function isSameSecret(left: string, right: string): boolean {
  return timingSafeEqual(digest(left), digest(right));
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
