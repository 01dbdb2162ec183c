import { availableParallelism } from 'node:os';
import { testSeed } from './build/testSeed.ts';

// SWC only strips types and turns modules into CommonJS for Jest; `npm run types` is what checks them.
const transform = {
  '\\.[jt]s$': [
    '@swc/jest',
    { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
  ],
};
// These ship ES modules only, which Jest cannot require as they are.
const transformIgnorePatterns = [
  '/node_modules/(?!(jose|@apidevtools/json-schema-ref-parser|temporal-polyfill|temporal-utils)/)',
];

// One storage emulator for each worker, and the app bundled once.
const setUp = {
  globalSetup: '<rootDir>/test/setUp/setUp.ts',
  globalTeardown: '<rootDir>/test/setUp/tearDown.ts',
};

// Tests draw their samples by it, in all workers.
process.env.TEST_SEED = testSeed();

export default {
  testSequencer: '<rootDir>/build/longestFirst.js',
  // Tests wait on processes of their own: one worker fewer than cores would leave a small machine idle.
  maxWorkers: Math.max(2, availableParallelism() - 1),
  // No test is about time, and a busy machine is slow.
  testTimeout: 60_000,
  projects: ['unit', 'contract', 'integration', 'endToEnd'].map((name) => ({
    displayName: name,
    ...(name === 'integration' || name === 'endToEnd' ? setUp : {}),
    testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
    transform,
    transformIgnorePatterns,
    // What is packaged has a package.json of the same name.
    modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.stryker-tmp/'],
  })),
};
