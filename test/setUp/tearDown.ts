import { removeSharedApp } from './sharedApp.ts';
import { stopSharedStorage } from './sharedStorage.ts';

/** After the last test file. */
export default async () => {
  removeSharedApp();
  await stopSharedStorage();
};
