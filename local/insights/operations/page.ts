import { type Answer, type Item, success } from '../http/answer.ts';
import type { OperationCall } from './operationCall.ts';

/** The emulator's own name for where a page begins; no paging parameter is documented. */
const pageParameter = 'pageToken';

/**
 * All objects, or with the policy `pageSize` one page of them and the link to the next, which begins `shift` objects
 * later than it should.
 */
export function page(
  call: OperationCall,
  path: string,
  items: readonly Item[],
  message: string | null,
  shift = 0,
): Answer {
  const { pageSize } = call.world.policies;
  const from = Number.parseInt(call.query.get(pageParameter) ?? '0', 10) || 0;
  if (pageSize === null || pageSize >= items.length - from) {
    return success(items.slice(from), message);
  }
  // The list never ends where no page gets any further.
  const next = from + Math.max(1, pageSize + shift);
  return success(items.slice(from, from + pageSize), message, nextLink(call, path, next));
}

function nextLink(call: OperationCall, path: string, from: number): string {
  const query = new URLSearchParams(call.query);
  query.set(pageParameter, String(from));
  const relative = `${call.surface.basePath}${path}?${query}`;
  return call.world.policies.nextLinkForm === 'relative' ? relative : `${call.origin}${relative}`;
}
