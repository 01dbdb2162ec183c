/**
 * Every call of the app's own storage is over within so long, retries and sign-in included: well under the shortest
 * period of the tick, which waits for it.
 */
export const STORAGE_LIMIT_IN_MS = 10_000;

/**
 * What the work comes to, or a rejection once the time is over. The race and not the signal alone: a managed identity
 * that never answers heeds no signal. Real time, whatever clock the service goes by.
 */
export async function within<Value>(
  limitInMs: number,
  work: (signal: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const over = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => {
      const reason = new DOMException(`no answer within ${limitInMs / 1000} s`, 'TimeoutError');
      reject(reason);
      over.abort(reason);
    }, limitInMs);
  });
  try {
    return await Promise.race([work(over.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
