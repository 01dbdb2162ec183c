import type { Intent } from './intent.ts';
import { MAX_STATEMENT_AGE_MS } from './said.ts';

/**
 * What was said about one key so far, as plain JSON to be stored under the key. Only what still counts is in it: of each
 * report the last statement, and the last one about all.
 */
export interface KeyHistory {
  readonly said: readonly Said[];
  /** A pause that was said until then, and is not among them, is taken no more: see `fitHistory`. Null where nothing was forgotten. */
  readonly forgottenUntilMs: number | null;
}

/** One statement; null reports means all. */
export interface Said {
  readonly atMs: number;
  readonly rank: number;
  readonly deliveryId: string;
  readonly reportIds: readonly string[] | null;
  /** Whether it ended holds. */
  readonly isEnd: boolean;
}

/**
 * Whether an intent counts, and for which reports.
 * - `apply`: news. Store `history` before the holds change.
 * - `again`: the same event came before. Applying it again does no harm, and is needed where the first time was cut short
 *   between the history and the holds; `history` is as it was.
 * - `outdated`: something later was said about all that it names. Nothing to do.
 * - `forgotten`: a pause from a time of which not everything is remembered, so that it cannot be told whether it counts.
 */
export type Settled =
  | {
      readonly verdict: 'apply' | 'again';
      /** The reports to act on; null means all of the intent, but for those in `exceptReportIds`. */
      readonly reportIds: readonly string[] | null;
      /** Reports about which something later was said already. */
      readonly exceptReportIds: readonly string[];
      readonly history: KeyHistory;
    }
  | { readonly verdict: 'outdated' }
  | { readonly verdict: 'forgotten' };

/** Nothing said yet. */
export const NO_HISTORY: KeyHistory = { said: [], forgottenUntilMs: null };

/**
 * Decides whether an intent still counts, so that an old communication that comes late never undoes a newer one. Of two
 * statements about a report the one said later wins; said in the same instant, an end wins over a pause and a pause over
 * a plan; after that the delivery id decides. A pause of a key that the sender named is about the whole key: it says of
 * the other reports that they are not held. So the outcome depends on what was said alone, never on the order of
 * arrival. What is older than `MAX_STATEMENT_AGE_MS` is forgotten here, and refused when it comes. Pure.
 */
export function settleStatement(
  history: KeyHistory,
  intent: Exclude<Intent, { action: 'ignore' }>,
  nowMs: number,
): Settled {
  const known = history.said.filter(({ atMs }) => atMs >= nowMs - MAX_STATEMENT_AGE_MS);
  const before = known.find(({ deliveryId }) => deliveryId === intent.deliveryId);
  const { forgottenUntilMs } = history;
  const isForgotten = forgottenUntilMs !== null && intent.saidAtMs <= forgottenUntilMs;
  if (before === undefined && intent.action === 'pause' && isForgotten) {
    return { verdict: 'forgotten' };
  }
  const next = before ?? {
    atMs: intent.saidAtMs,
    rank: intent.rank,
    deliveryId: intent.deliveryId,
    reportIds: intent.action === 'pause' && intent.isWholeKey ? null : intent.reportIds,
    isEnd: intent.action === 'resume',
  };
  const later = known.filter((said) => compare(said, next) > 0);
  const decided = new Set(later.flatMap(({ reportIds }) => reportIds ?? []));
  const reportIds = next.reportIds?.filter((id) => !decided.has(id)) ?? null;
  if (later.some((said) => said.reportIds === null) || reportIds?.length === 0) {
    return { verdict: 'outdated' };
  }
  const earlier = known.filter((said) => compare(said, next) < 0);
  return {
    verdict: before ? 'again' : 'apply',
    reportIds,
    exceptReportIds: reportIds === null ? [...decided].sort() : [],
    history: { said: remember([...later, { ...next, reportIds }, ...earlier]), forgottenUntilMs },
  };
}

/**
 * Whether a pause of all reports, that is to be finished, comes so late that ends said after it are forgotten: which reports it
 * still means cannot be told. Pure.
 */
export function isInDoubt(
  settled: Extract<Settled, { history: KeyHistory }>,
  intent: Pick<Intent, 'deliveryId' | 'action'>,
): boolean {
  const { said, forgottenUntilMs } = settled.history;
  const own = said.find(({ deliveryId }) => deliveryId === intent.deliveryId);
  return (
    intent.action === 'pause' &&
    settled.verdict === 'again' &&
    settled.reportIds === null &&
    own !== undefined &&
    forgottenUntilMs !== null &&
    own.atMs <= forgottenUntilMs
  );
}

/** Keeps of each report the first statement in a list that has the latest first, and nothing before one about all. */
function remember(latestFirst: readonly Said[]): readonly Said[] {
  const decided = new Set<string>();
  const kept: Said[] = [];
  for (const said of latestFirst) {
    const reportIds = said.reportIds?.filter((id) => !decided.has(id)) ?? null;
    if (reportIds === null || reportIds.length > 0) kept.push({ ...said, reportIds });
    if (reportIds === null) break;
    for (const id of reportIds) decided.add(id);
  }
  return kept;
}

function compare(left: Said, right: Said): number {
  if (left.atMs !== right.atMs) return left.atMs - right.atMs;
  if (left.rank !== right.rank) return left.rank - right.rank;
  if (left.deliveryId === right.deliveryId) return 0;
  return left.deliveryId < right.deliveryId ? -1 : 1;
}
