import { seededRandom } from '../fakes/seededRandom.ts';

/** Draws from one row of random numbers. */
export interface Dice {
  /** From 0 up to 1. */
  random(): number;
  /** True with that probability. */
  chance(probability: number): boolean;
  /** A whole number, both ends included. */
  between(least: number, most: number): number;
  pick<Item>(items: readonly Item[]): Item;
}

/** Dice for one purpose of one history: what is drawn for another purpose changes nothing here. */
export function createDice(seed: number, purpose: string): Dice {
  let mixed = seed >>> 0;
  for (const char of purpose) mixed = Math.imul(mixed ^ char.charCodeAt(0), 0x01000193) >>> 0;
  const random = seededRandom(mixed);
  const between = (least: number, most: number) => least + Math.floor(random() * (most - least + 1));
  return {
    random,
    chance: (probability) => random() < probability,
    between,
    pick: (items) => {
      const item = items[between(0, items.length - 1)];
      if (item === undefined) throw new Error('there is nothing to pick from');
      return item;
    },
  };
}
