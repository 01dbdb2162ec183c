/** Tells the first line at which two texts part; null where they are the same. Pure. */
export function firstDifference(committed: string, made: string): string | null {
  if (committed === made) {
    return null;
  }
  const [before, after] = [committed.split('\n'), made.split('\n')];
  const at = after.findIndex((line, index) => line !== before[index]);
  const line = at === -1 ? after.length : at;
  const show = (lines: readonly string[]) => lines[line]?.trim() ?? '(no more lines)';
  return [`line ${line + 1}`, `  committed: ${show(before)}`, `  made now:  ${show(after)}`].join('\n');
}
