// SWC only strips types and turns modules into CommonJS for Jest; `npm run types` is what checks them.
const transform = {
  '\\.[jt]s$': [
    '@swc/jest',
    { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
  ],
};
// These ship ES modules only, which Jest cannot require as they are.
const transformIgnorePatterns = ['/node_modules/(?!(jose|temporal-polyfill|temporal-utils)/)'];

export default {
  projects: ['unit', 'contract', 'integration', 'endToEnd'].map((name) => ({
    displayName: name,
    testMatch: [`<rootDir>/test/${name}/**/*.test.ts`],
    transform,
    transformIgnorePatterns,
  })),
};
