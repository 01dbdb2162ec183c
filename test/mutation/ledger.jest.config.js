// The tests of the ledger on real storage, and of answers that are lost, as one project: Stryker sees no more than one.
import jestConfig from '../../jest.config.js';

const { displayName: _, ...integration } = jestConfig.projects.find(
  ({ displayName }) => displayName === 'integration',
);

export default {
  ...integration,
  rootDir: '../..',
  globalSetup: '<rootDir>/test/mutation/startStorage.ts',
  testTimeout: 60_000,
  testMatch: [
    '<rootDir>/test/integration/ledger{Lease,Rows}.test.ts',
    '<rootDir>/test/unit/ledger/{writesBetween,lostAnswers}.test.ts',
  ],
};
