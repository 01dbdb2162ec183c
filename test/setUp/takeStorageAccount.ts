import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** The variable by which the set-up names the directory in which tests find the storage that they share. */
export const SHARED_STORAGE = 'INTERMISSION_TEST_STORAGE';

/** The one account by which production code knows an emulator: for the tests of what it makes of that. */
export const EMULATOR_ACCOUNT = 'devstoreaccount1';

/**
 * The connection string of a storage account that nobody has used, on the Azurite that all tests of this worker share.
 * The account is never given out again, so that nothing has to be cleared away.
 */
export function takeStorageAccount(): string {
  const { taken, connectionStringOf } = storageOfWorker();
  const name = `test${readdirSync(taken).length + 1}`;
  mkdirSync(join(taken, name));
  return connectionStringOf(name);
}

/** That of the account of every emulator, which has what earlier tests left in it. */
export function emulatorAccount(): string {
  return storageOfWorker().connectionStringOf(EMULATOR_ACCOUNT);
}

function storageOfWorker() {
  const directory = process.env[SHARED_STORAGE] ?? '';
  const azurite = String(Number(process.env['JEST_WORKER_ID'] ?? 1) - 1);
  const text = readFileSync(join(directory, `${azurite}.json`), 'utf8');
  const connectionStrings = z.record(z.string(), z.string()).parse(JSON.parse(text));
  return {
    taken: join(directory, azurite),
    connectionStringOf: (name: string): string => {
      const connectionString = connectionStrings[name];
      if (connectionString === undefined) {
        throw new Error(`there is no storage account ${name}`);
      }
      return connectionString;
    },
  };
}
