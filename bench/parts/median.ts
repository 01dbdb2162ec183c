/** The middle value; the mean of the two in the middle of an even count. Pure. @throws RangeError of none. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = Math.floor(sorted.length / 2);
  const [upper, lower] = [sorted[middle], sorted[sorted.length % 2 === 1 ? middle : middle - 1]];
  if (upper === undefined || lower === undefined) {
    throw new RangeError('no value, no median');
  }
  return (upper + lower) / 2;
}
