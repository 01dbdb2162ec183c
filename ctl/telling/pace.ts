/** How fast a count grows and how long it takes to its end, in words: `, 4.0 a second, 2 min left`; nothing while it cannot be told. */
export function createPace({ nowMs }: { nowMs(): number }) {
  let first: { readonly done: number; readonly atMs: number } | null = null;
  return ({ done, total }: { readonly done: number; readonly total: number }): string => {
    const atMs = nowMs();
    first ??= { done, atMs };
    const perSecond = (done - first.done) / ((atMs - first.atMs) / 1_000);
    if (!Number.isFinite(perSecond) || perSecond <= 0) return '';
    const leftInS = Math.round((total - done) / perSecond);
    const left = leftInS < 90 ? `${leftInS} s` : `${Math.round(leftInS / 60)} min`;
    return `, ${perSecond.toFixed(1)} a second, ${left} left`;
  };
}
