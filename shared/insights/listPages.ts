import type { CallContext, CallFacts, ListAnswer } from './insightsClient.ts';
import type { InsightsFailure, InsightsFailureCode } from './insightsFailure.ts';
import { joinCounts, joinFacts } from './joinFacts.ts';
import { readPage } from './readPage.ts';
import { resolveNextLink } from './resolveNextLink.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/**
 * Reads a list over all its pages, which stay on the account's own address. None is an empty list; a list that cannot
 * be read to its end is a failure, never a shorter list.
 */
export async function listPages<T>(
  door: ServiceDoor,
  first: URL,
  parse: (item: unknown) => T | null,
  context: CallContext,
): Promise<ListAnswer<T>> {
  const parsed: (T | null)[] = [];
  const visited = new Set<string>();
  let earlier: CallFacts | null = null;
  let url = first;
  for (;;) {
    visited.add(url.href);
    const page = await readPage(door, url, earlier === null, context);
    if (!page.ok) return { ok: false, failure: { ...page.failure, ...joinCounts(earlier, page.failure) } };
    const facts = joinFacts(earlier, page);
    for (const item of page.value.items) parsed.push(parse(item));
    if (parsed.length > door.limits.maxItems)
      return broken(facts, 'unexpected_answer', 'The list is too long');
    if (page.value.nextLink === null) return whole(parsed, facts);
    const next = resolveNextLink(page.value.nextLink, url, door.base);
    if (next === null)
      return broken(facts, 'foreign_origin', 'The next page is not at the address of the account');
    if (visited.has(next.href) || visited.size >= door.limits.maxPages) {
      return broken(facts, 'unexpected_answer', 'The pages of the list do not end');
    }
    [earlier, url] = [facts, next];
  }
}

function whole<T>(parsed: readonly (T | null)[], facts: CallFacts): ListAnswer<T> {
  const value = parsed.filter((item) => item !== null);
  return { ok: true, value, unreadableItems: parsed.length - value.length, ...facts };
}

function broken(facts: CallFacts, code: InsightsFailureCode, message: string): ListAnswer<never> {
  const { attempts, durationInMs, throttledInMs, requestId } = facts;
  const failure: InsightsFailure = {
    ...{
      code,
      message,
      httpStatus: null,
      retryable: false,
      attempts,
      durationInMs,
      throttledInMs,
      requestId,
    },
  };
  return { ok: false, failure };
}
