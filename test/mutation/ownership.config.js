// Mutation testing of the ownership module: whose pause it is.
import { partOf } from './partOf.js';

const modules = 'transition,transitions,transitionRules,evidence,looks,sight,netAfter,ownedRow,attribution';

export default partOf('ownership', {
  mutate: [`shared/deciding/{${modules}}.ts`],
  folder: 'test/unit/deciding',
  without: ['decideProperties.test.ts', 'decideSafety.test.ts'],
  least: 90,
});
