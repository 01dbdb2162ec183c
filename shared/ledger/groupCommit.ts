import type { Bounds } from './rowLimits.ts';

/**
 * Gathers what concurrent callers want to store and stores it together. One commit at a time; a caller's own group
 * is never split over two.
 */
export interface GroupCommit<Item> {
  /** Resolves when the group is stored; rejects with what the commit threw. Groups of more items than one commit takes are refused. */
  add(group: readonly Item[]): Promise<void>;
  /** Resolves when nothing is waiting any more. */
  idle(): Promise<void>;
}

interface Waiting<Item> {
  readonly group: readonly Item[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Commits as much at once as is within the bounds; an empty group commits too. */
export function createGroupCommit<Item>(
  { maxItems, maxWeight, weigh }: Bounds<Item>,
  commit: (items: readonly Item[]) => Promise<void>,
): GroupCommit<Item> {
  let waiting: Waiting<Item>[] = [];
  let flushing: Promise<void> | null = null;

  const takeNext = () => {
    let count = 0;
    let weight = 0;
    const end = waiting.findIndex(({ group }, at) => {
      count += group.length;
      weight += group.reduce((sum, item) => sum + weigh(item), 0);
      return at > 0 && (count > maxItems || weight > maxWeight);
    });
    const next = end === -1 ? waiting : waiting.slice(0, end);
    waiting = end === -1 ? [] : waiting.slice(end);
    return next;
  };

  const flush = async () => {
    while (waiting.length > 0) {
      const next = takeNext();
      try {
        await commit(next.flatMap(({ group }) => group));
        for (const { resolve } of next) resolve();
      } catch (error) {
        for (const { reject } of next) reject(error);
      }
    }
    flushing = null;
  };

  return {
    add: (group) =>
      new Promise((resolve, reject) => {
        if (group.length > maxItems) {
          reject(new RangeError(`a group of ${group.length} does not fit one commit of ${maxItems}`));
          return;
        }
        waiting.push({ group, resolve, reject });
        // Begun a moment later, so that the callers of this turn share the commit.
        flushing ??= Promise.resolve().then(flush);
      }),
    idle: async () => {
      while (flushing !== null) {
        await flushing;
      }
    },
  };
}
