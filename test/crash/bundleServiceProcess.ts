import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import { BUNDLE_ALIASES } from '../../build/package/bundleFunctions.ts';

/** Bundles the entry of the child process as production is bundled, so that each child begins quickly. */
export async function bundleServiceProcess(): Promise<{ path: string; remove(): Promise<void> }> {
  const directory = await mkdtemp(join(tmpdir(), 'intermission-process-'));
  const path = join(directory, 'serviceProcess.cjs');
  await build({
    entryPoints: [join(process.cwd(), 'test/crash/serviceProcess.ts')],
    outfile: path,
    bundle: true,
    platform: 'node',
    target: 'node22',
    format: 'cjs',
    alias: BUNDLE_ALIASES,
    logLevel: 'warning',
  });
  return { path, remove: () => rm(directory, { recursive: true, force: true }) };
}
