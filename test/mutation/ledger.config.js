// Mutation testing of the lease and the fenced writer, by the tests that go to real storage.
import { partOf } from './partOf.js';

export default {
  ...partOf('ledger', { mutate: ['shared/ledger/{lease,fencedWriter}.ts'] }),
  jest: { projectType: 'custom', configFile: 'test/mutation/ledger.jest.config.js' },
  // Storage is started anew for each mutant.
  timeoutMS: 60_000,
};
