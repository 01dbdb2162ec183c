import type { TransactionAction } from './azureTypes.ts';
import { LedgerError } from './ledgerError.ts';
import type { LedgerRow } from './ledgerRows.ts';

// Everything that the app writes to tables passes through here: nothing else knows how much they take.

/** A property takes 64 KiB of UTF-16. Source: "Understanding the Table service data model". */
const MAX_PROPERTY_LENGTH = 30_000;

/** An entity takes 1 MiB, keys and names included. Same source. */
const MAX_PROPERTIES = 16;

/** A transaction takes 100 entities and 4 MiB of what is sent. Source: "Performing entity group transactions". */
export const MAX_TRANSACTION_ROWS = 100;
export const MAX_TRANSACTION_BYTES = 3_500_000;

/** What a change costs beside its entity: the heads of its part of the request. */
const PART_HEAD_BYTES = 1_000;

/** An entity as it is sent: the row's text cut over as many properties as it needs. */
export type RowEntity = Omit<LedgerRow, 'json'> & { readonly [property: string]: string | number };

/**
 * The entity of a row.
 * @throws LedgerError where its text is longer than any entity takes (480,000 UTF-16 units): cut lists by {@link inRows}.
 */
export function entityOf({ json, ...row }: LedgerRow): RowEntity {
  const parts = cutText(json);
  if (parts.length > MAX_PROPERTIES) {
    throw new LedgerError('ledger_unavailable', `${row.rowKey} is longer than a row can be`, null);
  }
  return { ...row, ...Object.fromEntries(parts.map((part, at) => [propertyOf(at), part])) };
}

/** The text of a row of ours, put together again; null where the entity is none. */
export function textOf(entity: Readonly<Record<string, unknown>>): string | null {
  let text = '';
  for (let at = 0; at < MAX_PROPERTIES; at += 1) {
    const part = entity[propertyOf(at)];
    if (typeof part !== 'string') return at === 0 ? null : text;
    text += part;
  }
  return text;
}

/** Cuts a list into parts that each fit one property as JSON; an item that is longer stands alone. */
export function inRows<Item>(items: readonly Item[]): (readonly Item[])[] {
  return inParts(items, {
    maxItems: Number.POSITIVE_INFINITY,
    maxWeight: MAX_PROPERTY_LENGTH,
    weigh: (item) => JSON.stringify(item).length + 1,
  });
}

/** Cuts changes into transactions of at most `maxItems`, each within what one may send. */
export function inTransactions(
  actions: readonly TransactionAction[],
  maxItems = MAX_TRANSACTION_ROWS,
): (readonly TransactionAction[])[] {
  return inParts(actions, {
    maxItems,
    maxWeight: MAX_TRANSACTION_BYTES,
    weigh: ([, entity]) => bytesOf(entity),
  });
}

/** What one entity adds to a transaction, in bytes. */
export function bytesOf(entity: object): number {
  return Buffer.byteLength(JSON.stringify(entity)) + PART_HEAD_BYTES;
}

/** So many rows are made ready to be sent in one go: some 15 ms, and others have their turn while they are sent. */
const ROWS_AT_ONCE = 1_000;

/** Cuts a long list, so that nobody waits for all of it to be made ready. */
export function inSlices<Item>(items: readonly Item[]): (readonly Item[])[] {
  return inParts(items, { maxItems: ROWS_AT_ONCE, maxWeight: Number.POSITIVE_INFINITY, weigh: () => 0 });
}

/** How much goes together. */
export interface Bounds<Item> {
  readonly maxItems: number;
  readonly maxWeight: number;
  readonly weigh: (item: Item) => number;
}

/** The items in their order, in parts that are within the bounds; what is too heavy by itself stands alone. Pure. */
export function inParts<Item>(items: readonly Item[], bounds: Bounds<Item>): (readonly Item[])[] {
  const parts: Item[][] = [];
  let weight = 0;
  for (const item of items) {
    const own = bounds.weigh(item);
    const last = parts.at(-1);
    if (last === undefined || last.length >= bounds.maxItems || weight + own > bounds.maxWeight) {
      parts.push([item]);
      weight = own;
    } else {
      last.push(item);
      weight += own;
    }
  }
  return parts;
}

/** The first is named as it always was, so that short rows stay readable by every version. */
function propertyOf(at: number): string {
  return at === 0 ? 'json' : `more${at - 1}`;
}

/** Never between the two halves of a character: each part must be text by itself. */
function cutText(text: string): readonly string[] {
  const parts: string[] = [];
  let from = 0;
  do {
    let end = Math.min(text.length, from + MAX_PROPERTY_LENGTH);
    const last = text.charCodeAt(end - 1);
    if (end < text.length && last >= 0xd800 && last <= 0xdbff) end -= 1;
    parts.push(text.slice(from, end));
    from = end;
  } while (from < text.length);
  return parts;
}
