import TestSequencer from '@jest/test-sequencer';

/**
 * What takes minutes by itself begins first: begun last, it would leave the other workers idle. Jest knows how long a file took
 * only where it ran before, which it never did in a clean clone.
 */
const LONGEST = [
  'scenarios/simulatedLife',
  'integration/crashMatrix',
  'integration/simulation',
  'requests/threeProcesses',
  'integration/twoProcesses',
  'endToEnd/fuzz',
  'windows/wallTimeEnds',
  'endToEnd/nothingSecretLeaves',
];

export default class LongestFirst extends TestSequencer {
  sort(tests) {
    const rank = ({ path }) => {
      const at = LONGEST.findIndex((name) => path.endsWith(`${name}.test.ts`));
      return at === -1 ? LONGEST.length : at;
    };
    return super.sort(tests).sort((one, other) => rank(one) - rank(other));
  }
}
