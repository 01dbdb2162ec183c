// Mutation testing of how many calls go to Partner Center at once, and how fast.
import { partOf } from './partOf.js';

export default partOf('insights', {
  mutate: ['shared/insights/{accountGate,callPace,waitingLine}.ts'],
  only: ['accountGate.test.ts', 'callPace.test.ts', 'gateForPeople.test.ts'],
});
