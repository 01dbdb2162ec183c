import { setImmediate } from 'node:timers/promises';
import { z } from 'zod';

/** Faults of one list, and of one request, that are told at once: whoever has more mends these first. */
export const MAX_FAULTS = 50;

/** So many items are looked at in one go: some two milliseconds. */
const ITEMS_OF_SLICE = 250;

/**
 * A list whose length is checked before any of its items, and whose items are looked at until {@link MAX_FAULTS} of them
 * are wrong, slice by slice, so that others have their turn in between. Its schema is to be parsed asynchronously. To the OpenAPI document it is a list like any
 * other ({@link itemOfBoundedList}).
 */
export function boundedList<Item>(
  item: z.ZodType<Item>,
  bounds: {
    readonly max: number;
    readonly isNone: string;
    readonly isEmpty: string;
    readonly isLonger: string;
  },
) {
  const list = z.array(z.unknown(), bounds.isNone);
  itemsOf.set(list, item);
  // Piped, because zod would measure the length of a text that stands where the list should.
  const measured = list.pipe(z.array(z.unknown()).min(1, bounds.isEmpty).max(bounds.max, bounds.isLonger));
  return measured.transform(async (given, context): Promise<readonly Item[]> => {
    const items: Item[] = [];
    let faults = 0;
    for (const [at, one] of given.entries()) {
      if (at % ITEMS_OF_SLICE === ITEMS_OF_SLICE - 1) await setImmediate();
      const read = item.safeParse(one);
      if (read.success) {
        items.push(read.data);
        continue;
      }
      for (const issue of read.error.issues) {
        context.addIssue({ ...issue, path: [at, ...issue.path] });
      }
      faults += read.error.issues.length;
      if (faults >= MAX_FAULTS) break;
    }
    return faults === 0 ? items : z.NEVER;
  });
}

const itemsOf = new WeakMap<object, z.ZodType>();

/** What the items of such a list are, for the OpenAPI document; undefined for any other schema. */
export function itemOfBoundedList(schema: object): z.ZodType | undefined {
  return itemsOf.get(schema);
}
