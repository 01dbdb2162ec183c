import { strToU8, zipSync } from 'fflate';

/** The first instant that a zip can hold. Its clock has no zone, so that it is the same bytes everywhere. */
const MTIME = new Date(1980, 0, 1);
/** Made on Unix; a plain file, readable by all and writable by its owner. */
const UNIX = 3;
const FILE_MODE = 0o100644;

/**
 * A zip of text files in the order given. The same files make the same bytes: no time and no mode of the machine is in it,
 * and the compression is JavaScript and not that of the Node that runs it. Pure.
 */
export function zipFiles(files: ReadonlyMap<string, string>): Uint8Array {
  const entries = [...files].map(([name, text]) => [name, strToU8(text)] as const);
  return zipSync(Object.fromEntries(entries), {
    ...{ level: 9, mtime: MTIME, os: UNIX, attrs: (FILE_MODE << 16) >>> 0 },
  });
}
