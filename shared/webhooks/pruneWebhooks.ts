import { forEachConcurrently } from '../time/forEachConcurrently.ts';
import { MAX_STATEMENT_AGE_MS } from './said.ts';
import type { WebhookParts } from './webhookParts.ts';

/** Longer than any statement counts, so that nothing is forgotten that could still come. */
const KEPT_MS = MAX_STATEMENT_AGE_MS + 86_400_000;
const ACCOUNTS_AT_ONCE = 16;

/**
 * Forgets deliveries and keys that can say nothing any more, at most `limit` of each. No sender waits for it. Without a
 * source there is nothing to forget.
 */
export async function pruneWebhooks(
  { configured, parts, deliveries, keyedHolds }: WebhookParts,
  nowMs: number,
  limit: number,
): Promise<void> {
  if (configured.sources.length === 0) return;
  await deliveries.prune(nowMs - KEPT_MS, limit);
  await forEachConcurrently(parts.accounts, ACCOUNTS_AT_ONCE, async ({ accountKey }) => {
    await keyedHolds.prune(accountKey, nowMs - KEPT_MS, limit);
  });
}
