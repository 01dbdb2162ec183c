import { buildSharedApp } from './sharedApp.ts';
import { startSharedStorage } from './sharedStorage.ts';

/** Before the first test file that needs storage or the bundled app. */
export default async ({ maxWorkers }: { readonly maxWorkers: number }) => {
  buildSharedApp();
  await startSharedStorage(maxWorkers);
};
