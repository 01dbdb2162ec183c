import { createHash } from 'node:crypto';

/**
 * A stable name for what a sender calls `parts`, within its source: visible ASCII, at most 200 characters, readable
 * where the sender's name is, else a hash of it. Different parts never make the same name.
 */
export function statementKey(source: string, ...parts: readonly string[]): string {
  const [only, ...more] = parts;
  const isReadable =
    more.length === 0 &&
    only !== undefined &&
    /^[\x21-\x7e]{1,128}$/.test(only) &&
    !only.startsWith('sha256-');
  return `${source}:${isReadable ? only : `sha256-${hashOf(parts)}`}`;
}

function hashOf(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
}
