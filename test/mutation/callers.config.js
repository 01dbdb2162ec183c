// Mutation testing of who may come in.
import { partOf } from './partOf.js';

export default partOf('callers', {
  mutate: ['shared/callers/*.ts'],
  // It is about the templates, and mutates nothing.
  without: ['cors.test.ts'],
  // Tokens that Entra signs, by an authority on loopback.
  also: ['test/integration/callers.test.ts'],
});
