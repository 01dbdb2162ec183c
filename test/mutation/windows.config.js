// Mutation testing of how windows are read, and when they are on.
import { partOf } from './partOf.js';

export default partOf('windows', {
  mutate: ['shared/windows/*.ts'],
  without: ['allTimeZones.test.ts', 'cronGrammar.test.ts'],
});
