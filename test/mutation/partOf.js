/**
 * How Stryker mutates one part, by the unit tests of a folder. Left out are those that draw hundreds of samples (a mutant
 * that only they notice is one that no stated behaviour is about) or take seconds each.
 */
export function partOf(
  name,
  { mutate, folder = `test/unit/${name}`, only = null, without = [], also = [], least = null },
) {
  return {
    testRunner: 'jest',
    plugins: ['@stryker-mutator/jest-runner'],
    mutate,
    jest: {
      projectType: 'custom',
      configFile: 'test/mutation/jest.config.js',
      config: { globals: { testsOfPart: { folder, only, without, also } } },
      enableFindRelatedTests: false,
    },
    coverageAnalysis: 'perTest',
    // The compiler of TypeScript 7 has no interface by which Stryker could rewrite this file; nothing here needs it.
    tsconfigFile: 'none.json',
    ignorePatterns: ['/dist', '/bench'],
    reporters: ['clear-text', 'progress-append-only', 'json'],
    clearTextReporter: { allowColor: false, reportTests: false },
    jsonReporter: { fileName: `node_modules/.cache/mutation/${name}.json` },
    timeoutMS: 10_000,
    dryRunTimeoutMinutes: 30,
    // Where fewer of a hundred are noticed, the run fails.
    thresholds: { high: 95, low: 90, break: least },
  };
}
