// The unit tests as one project: Stryker sees no more than one.
import jestConfig from '../../jest.config.js';

const { displayName: _, ...unit } = jestConfig.projects.find(({ displayName }) => displayName === 'unit');

export default { ...unit, rootDir: '../..', testMatch: ['<rootDir>/test/mutation/testsOfPart.ts'] };
