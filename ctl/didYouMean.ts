/** So many slips of the finger at most, and no more than one in three letters. */
const MOST_SLIPS = 2;

/** ` Did you mean "pause"?` where one of the words is nearly what was written; else nothing. Pure. */
export function didYouMean(written: string, words: readonly string[]): string {
  const most = Math.min(MOST_SLIPS, Math.floor(written.length / 3));
  const near = words
    .map((word) => ({ word, slips: slipsBetween(written.toLowerCase(), word) }))
    .filter(({ slips }) => slips <= most)
    .sort((one, other) => one.slips - other.slips);
  const [first, second] = near;
  return first === undefined || first.slips === second?.slips ? '' : ` Did you mean "${first.word}"?`;
}

/** Letters that are left out, added, wrong, or in the order of the other: the edit distance with neighbours exchanged. */
function slipsBetween(one: string, other: string): number {
  let [before, last] = [[0], Array.from({ length: other.length + 1 }, (_, at) => at)];
  for (let at = 1; at <= one.length; at += 1) {
    const row = [at];
    for (let to = 1; to <= other.length; to += 1) {
      const isSame = one[at - 1] === other[to - 1];
      const isTurned = one[at - 1] === other[to - 2] && one[at - 2] === other[to - 1];
      row.push(
        Math.min(
          cell(last, to) + 1,
          cell(row, to - 1) + 1,
          cell(last, to - 1) + (isSame ? 0 : 1),
          isTurned ? cell(before, to - 2) + 1 : Number.POSITIVE_INFINITY,
        ),
      );
    }
    [before, last] = [last, row];
  }
  return cell(last, other.length);
}

function cell(row: readonly number[], at: number): number {
  return row[at] ?? Number.POSITIVE_INFINITY;
}
