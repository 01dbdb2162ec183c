import { callService, type Shown } from './callService.ts';
import type { CallContext, InsightsAnswer } from './insightsClient.ts';
import type { AttemptFailure } from './insightsFailure.ts';
import type { Envelope } from './parseEnvelope.ts';
import { latestEndMs, sendOnce, type Ticket } from './sendOnce.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/** One page of a list. */
export interface Page {
  readonly items: readonly unknown[];
  readonly nextLink: string | null;
}

/** Reads one page. Of the first one the service's own 404 means "none" and is an empty page. */
export function readPage(
  door: ServiceDoor,
  url: URL,
  isFirst: boolean,
  context: CallContext,
): Promise<InsightsAnswer<Page>> {
  const once = async (ticket: Ticket): Promise<Shown<Page>> => {
    const endMs = latestEndMs(door, context);
    const classified = await sendOnce(door, { method: 'GET', url, endMs }, ticket, context);
    if (classified.ok) return toPage(classified.envelope, classified.facts);
    const { failure } = classified;
    if (failure.code !== 'not_found') return { kind: 'failed', failure };
    if (!isFirst) return { kind: 'failed', failure: { ...failure, code: 'unexpected_answer' } };
    const facts = { serviceTimeMs: null, isMfaCompliant: null };
    return { kind: 'value', value: { items: [], nextLink: null }, facts };
  };
  return callService(door, { rank: 'read', once }, context);
}

/** A success without a list, or an empty one that claims to hold something, must not pass for "none". */
function toPage(
  { items, nextLink, totalCount }: Envelope,
  facts: Extract<Shown<Page>, { kind: 'value' }>['facts'],
): Shown<Page> {
  const isEmpty = (items ?? []).length === 0;
  const isBelieved =
    items === null ? totalCount === 0 : !isEmpty || nextLink !== null || (totalCount ?? 0) === 0;
  if (isBelieved) return { kind: 'value', value: { items: items ?? [], nextLink }, facts };
  const failure: AttemptFailure = {
    ...{ code: 'unexpected_answer', message: 'The answer holds no list', httpStatus: 200, retryable: false },
    ...{ retryAfterInMs: null, mayHaveTakenEffect: false, sent: true },
  };
  return { kind: 'failed', failure };
}
