// What is too much for every run is drawn here. The long run takes all of it.
import { seededRandom } from '../test/fakes/seededRandom.ts';

/** True in `npm run test:long`. */
export const isLong = process.env['TEST_LONG'] === '1';

/** `TEST_SEED`, which by default is the commit, mixed with a name: a number below 2^32. */
export function seedFor(name: string): number {
  let mixed = 0x811c9dc5;
  for (const character of `${process.env['TEST_SEED']} ${name}`) {
    mixed = Math.imul(mixed ^ (character.codePointAt(0) ?? 0), 0x01000193);
  }
  return mixed >>> 0;
}

/** So many of the items, in their order, drawn by the seed; in the long run all of them. */
export function sampleOf<Item>(name: string, count: number, items: readonly Item[]): readonly Item[] {
  return isLong ? items : draw(name, count, items);
}

/** One of the items, drawn by the seed in every run. */
export function drawOne<Item>(name: string, items: readonly Item[]): readonly Item[] {
  return draw(name, 1, items);
}

function draw<Item>(name: string, count: number, items: readonly Item[]): readonly Item[] {
  const random = seededRandom(seedFor(name));
  const drawn = items
    .map((_, at) => ({ at, rank: random() }))
    .sort((one, other) => one.rank - other.rank)
    .slice(0, count);
  const chosen = new Set(drawn.map(({ at }) => at));
  return items.filter((_, at) => chosen.has(at));
}

/** Tests by their titles, of which the fast run draws so many. */
export function drawTests(
  name: string,
  count: number,
  tests: Readonly<Record<string, () => Promise<void>>>,
  limitInMs: number,
): void {
  for (const [title, body] of sampleOf(name, count, Object.entries(tests))) {
    test(title, body, limitInMs);
  }
}
