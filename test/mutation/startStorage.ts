import { startSharedStorage } from '../setUp/sharedStorage.ts';

/** Before each run of the ledger's tests: the storage alone, since they need no bundled app. */
export default ({ maxWorkers }: { readonly maxWorkers: number }) => startSharedStorage(maxWorkers);
