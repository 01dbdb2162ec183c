import { MAX_STATEMENT_AGE_MS } from './said.ts';
import type { WebhookParts } from './webhookParts.ts';

const EVERY_MS = 3_600_000;

/** Longer than any statement counts, so that nothing is forgotten that could still come. */
const KEPT_MS = MAX_STATEMENT_AGE_MS + 86_400_000;

/** Rows at a time: a delivery must not wait for long. */
const LIMIT = 50;

/** Forgets deliveries and keys that can say nothing any more, at most once an hour per source and process. */
export async function pruneWebhooks(
  { pruned, parts, deliveries, keyedHolds }: WebhookParts,
  source: string,
  accountKey: string,
): Promise<void> {
  const nowMs = parts.clock.now();
  if (nowMs < (pruned.get(source) ?? 0) + EVERY_MS) return;
  pruned.set(source, nowMs);
  await deliveries.prune(source, nowMs - KEPT_MS, LIMIT);
  await keyedHolds.prune(accountKey, nowMs - KEPT_MS, LIMIT);
}
