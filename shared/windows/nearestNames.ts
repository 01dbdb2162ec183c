import { inSteps, runSteps, type Steps } from '../time/steps.ts';
import { foldName } from './namePattern.ts';

/** So much of the shorter of two names must be in the other for one to be meant by it. */
const LEAST_LIKENESS = 0.5;

/** What it costs to compare two names, in reports looked at. */
const PIECES_PER_NAME = 20;

/** The names most like a text that is none of them, best first: what somebody may have meant. Pure. */
export function nearestNames(text: string, names: readonly string[], most: number): readonly string[] {
  return runSteps(nearestInSteps(text, names, { nameOf: (name) => name, most }));
}

/** The same of things that have names, in steps. What stands for other characters in a pattern is left out of account. */
export function* nearestInSteps<Thing>(
  text: string,
  things: readonly Thing[],
  { nameOf, most }: { readonly nameOf: (thing: Thing) => string; readonly most: number },
): Steps<readonly Thing[]> {
  const wanted = pairsOf(text.replaceAll(/[*?]/g, ''));
  const near: { readonly thing: Thing; readonly likeness: number; readonly excess: number }[] = [];
  yield* inSteps(
    things,
    (thing) => {
      const pairs = pairsOf(nameOf(thing));
      const common = [...wanted].filter((pair) => pairs.has(pair)).length;
      const likeness = common / Math.max(1, Math.min(wanted.size, pairs.size));
      if (likeness >= LEAST_LIKENESS) near.push({ thing, likeness, excess: pairs.size - common });
    },
    PIECES_PER_NAME,
  );
  near.sort((one, other) => other.likeness - one.likeness || one.excess - other.excess);
  return near.slice(0, most).map(({ thing }) => thing);
}

/** Each two characters that stand side by side, the begin being one. */
function pairsOf(name: string): ReadonlySet<string> {
  const letters = Array.from(` ${foldName(name).trim()}`);
  return new Set(letters.slice(1).map((letter, at) => `${letters[at] ?? ''}${letter}`));
}
