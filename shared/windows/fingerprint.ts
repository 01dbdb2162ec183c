import { createHash } from 'node:crypto';
import type { Window } from './window.ts';

/** The same for the same rule, whatever was said of its occurrences and left out of it, and another one for any other. */
export function fingerprintOf({ said: _said, exemptions: _exemptions, ...rule }: Window): string {
  return createHash('sha256').update(JSON.stringify(rule)).digest('base64url').slice(0, 16);
}
