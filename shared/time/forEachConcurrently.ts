/** Runs `work` on each item, at most `concurrency` at once, in order of begin. Rejects with the first error, after all have ended. */
export async function forEachConcurrently<Item>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<void>,
): Promise<void> {
  const rest = items[Symbol.iterator]();
  const worker = async () => {
    for (const item of rest) {
      await work(item);
    }
  };
  const ended = await Promise.allSettled(Array.from({ length: Math.min(concurrency, items.length) }, worker));
  for (const one of ended) {
    if (one.status === 'rejected') {
      throw one.reason;
    }
  }
}
