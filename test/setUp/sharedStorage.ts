import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Azurite, startAzurite } from '../../local/storage/startAzurite.ts';
import { EMULATOR_ACCOUNT, SHARED_STORAGE } from './takeStorageAccount.ts';

/** More than all test files together take in one run. */
const ACCOUNTS = [EMULATOR_ACCOUNT, ...Array.from({ length: 400 }, (_, at) => `test${at + 1}`)];

let running: { readonly azurites: readonly Azurite[]; readonly directory: string } | null = null;

/** Starts one Azurite for each of Jest's workers; nothing where they run already. */
export async function startSharedStorage(workers: number): Promise<void> {
  if (running !== null) {
    return;
  }
  const start = () => startAzurite({ directory: null, nodePath: process.execPath, accounts: ACCOUNTS });
  const azurites = await Promise.all(Array.from({ length: workers }, start));
  const directory = mkdtempSync(join(tmpdir(), 'intermission-accounts-'));
  for (const [at, { connectionStrings }] of azurites.entries()) {
    mkdirSync(join(directory, String(at)));
    writeFileSync(join(directory, `${at}.json`), JSON.stringify(Object.fromEntries(connectionStrings)));
  }
  running = { azurites, directory };
  process.env[SHARED_STORAGE] = directory;
}

/** Stops what was started. */
export async function stopSharedStorage(): Promise<void> {
  const { azurites, directory } = running ?? { azurites: [], directory: null };
  running = null;
  await Promise.all(azurites.map((azurite) => azurite.stop()));
  if (directory !== null) {
    rmSync(directory, { recursive: true });
  }
}
