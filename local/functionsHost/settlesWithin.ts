/** Whether the work is done (or has failed) within the limit; the work itself goes on. Never rejects. */
export function settlesWithin(work: Promise<unknown>, limitInMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const timeout = setTimeout(() => resolve(false), limitInMs);
    const settle = () => {
      clearTimeout(timeout);
      resolve(true);
    };
    work.then(settle, settle);
  });
}
