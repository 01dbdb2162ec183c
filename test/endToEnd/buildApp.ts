import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const sources = ['functions', 'shared', 'node_modules'];
const deployed = ['package.json', 'host.json'];

/**
 * Bundles the sources as `npm run build` does, into a directory that holds what a deployment holds and nothing else: no
 * sources, no `node_modules`. The caller removes it.
 */
export function buildApp(): string {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-app-'));
  for (const name of sources) {
    symlinkSync(join(process.cwd(), name), join(directory, name));
  }
  for (const name of deployed) {
    copyFileSync(join(process.cwd(), name), join(directory, name));
  }
  const bundle = join(process.cwd(), 'build/bundle.ts');
  execFileSync(process.execPath, ['--disable-warning=ExperimentalWarning', bundle], { cwd: directory });
  for (const name of sources) {
    rmSync(join(directory, name));
  }
  return directory;
}
