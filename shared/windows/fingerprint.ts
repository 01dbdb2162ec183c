import { createHash } from 'node:crypto';
import type { Window } from './window.ts';

/** The same for the same rule, and another one for any other: whether two who show a window of a name mean the same. */
export function fingerprintOf(window: Window): string {
  return createHash('sha256').update(JSON.stringify(window)).digest('base64url').slice(0, 16);
}
