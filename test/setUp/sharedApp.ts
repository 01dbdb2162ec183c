import { execFileSync } from 'node:child_process';
import { copyFileSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SHARED_APP } from '../endToEnd/buildApp.ts';

const sources = ['functions', 'shared', 'page', 'node_modules'];
const deployed = ['package.json', 'host.json'];

/** Bundles the sources once for all tests, as `npm run build` does; nothing where that is done already. */
export function buildSharedApp(): void {
  if (process.env[SHARED_APP] !== undefined) {
    return;
  }
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
  process.env[SHARED_APP] = directory;
}

/** Removes it. */
export function removeSharedApp(): void {
  const directory = process.env[SHARED_APP];
  if (directory !== undefined) {
    delete process.env[SHARED_APP];
    rmSync(directory, { recursive: true });
  }
}
