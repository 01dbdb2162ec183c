import { cpSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** The variable by which the set-up tells tests of the app that it has bundled for all of them. */
export const SHARED_APP = 'INTERMISSION_TEST_APP';

/**
 * The app as `npm run build` bundles it, in a directory of its own that holds what a deployment holds and nothing else:
 * no sources, no `node_modules`. The caller removes it.
 */
export function buildApp(): string {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-app-'));
  cpSync(process.env[SHARED_APP] ?? '', directory, { recursive: true });
  return directory;
}
