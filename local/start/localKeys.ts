import { randomBytes } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { z } from 'zod';

/** The keys of the local functions. */
export interface LocalKeys {
  readonly master: string;
  readonly function: string;
}

const keysSchema = z.object({ master: z.string().min(16), function: z.string().min(16) });

/**
 * The same keys at each start, so that a line in a shell's history goes on working: made once and kept where `npm ci` takes them
 * away again. Where nothing can be kept there, they are new.
 */
export function localKeys(directory: string): LocalKeys {
  const file = join(directory, 'node_modules', '.cache', 'intermission', 'keys.json');
  const made: LocalKeys = {
    master: randomBytes(16).toString('hex'),
    function: randomBytes(16).toString('hex'),
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, JSON.stringify(made), { flag: 'wx', mode: 0o600 });
    return made;
  } catch {
    return readKeys(file) ?? made;
  }
}

function readKeys(file: string): LocalKeys | null {
  try {
    return keysSchema.parse(JSON.parse(readFileSync(file, 'utf8')));
  } catch {
    return null;
  }
}
