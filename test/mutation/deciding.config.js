// Mutation testing of what else decides.
import { partOf } from './partOf.js';

const modules = 'decide,decideReport,desiredHolds,judgeAdoption,learning,reconcileHolds';

export default partOf('deciding', {
  mutate: [`shared/deciding/{${modules}}.ts`],
  without: ['decideProperties.test.ts', 'decideSafety.test.ts'],
  least: 90,
});
