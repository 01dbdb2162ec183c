/** A list that never grows over its bound: the oldest items make room, and are counted. */
export interface BoundedList<Item> {
  readonly length: number;
  add(item: Item): void;
  /** Takes the oldest items out, at most so many. */
  take(most: number): readonly Item[];
  /** Puts back what was taken, as the oldest; what has no room any more is dropped. */
  putBack(items: readonly Item[]): void;
  /** How many were dropped since the last call. */
  takeDropped(): number;
}

/** An empty list. */
export function createBoundedList<Item>(bound: number): BoundedList<Item> {
  let items: Item[] = [];
  let dropped = 0;
  const cut = () => {
    const surplus = items.length - bound;
    if (surplus > 0) {
      items = items.slice(surplus);
      dropped += surplus;
    }
  };
  return {
    get length() {
      return items.length;
    },
    add: (item) => {
      items.push(item);
      // A tenth over the bound at most, so that a full list does not copy itself at each addition.
      if (items.length > bound * 1.1) {
        cut();
      }
    },
    take: (most) => {
      cut();
      const taken = items.slice(0, most);
      items = items.slice(most);
      return taken;
    },
    putBack: (taken) => {
      items = [...taken, ...items];
      cut();
    },
    takeDropped: () => {
      cut();
      const count = dropped;
      dropped = 0;
      return count;
    },
  };
}
