import { basename, extname } from 'node:path';
import type { Metafile } from 'esbuild';
import { packageFolderOf, slugOf } from './packageFolder.ts';

type Output = Metafile['outputs'][string];

/**
 * A file name for each output, by its path. What is loaded on demand is named after its entry (`service.cjs`,
 * `azure-identity.cjs`), what several of these share after the largest package in it (`common-azure-core-client.cjs`).
 * Pure, and the same on every machine.
 */
export function nameChunks({ outputs }: Metafile): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const used = new Map<string, number>();
  for (const [path, output] of Object.entries(outputs).sort(([, left], [, right]) => inOrder(left, right))) {
    const wanted = output.entryPoint === undefined ? commonName(output) : entryName(output.entryPoint);
    const count = (used.get(wanted) ?? 0) + 1;
    used.set(wanted, count);
    names.set(path, `${count === 1 ? wanted : `${wanted}-${count}`}.cjs`);
  }
  return names;
}

function inOrder(left: Output, right: Output): number {
  const keyOf = ({ inputs, entryPoint = '' }: Output) =>
    [entryPoint, ...Object.keys(inputs).sort()].join(' ');
  return keyOf(left) < keyOf(right) ? -1 : 1;
}

function entryName(entryPoint: string): string {
  const folder = packageFolderOf(entryPoint);
  // What a plugin makes has the name of its namespace before its own.
  const path = entryPoint.slice(entryPoint.indexOf(':') + 1);
  return folder === null ? basename(path, extname(path)) : slugOf(folder);
}

function commonName({ inputs }: Output): string {
  const sizes = new Map<string, number>();
  for (const [path, { bytesInOutput }] of Object.entries(inputs)) {
    const folder = packageFolderOf(path);
    const name = folder === null ? 'own' : slugOf(folder);
    sizes.set(name, (sizes.get(name) ?? 0) + bytesInOutput);
  }
  const [largest] = [...sizes].sort(([, left], [, right]) => right - left);
  return `common-${largest?.[0] ?? 'runtime'}`;
}
