import type { CallContext, InsightsClient } from '../insights/insightsClient.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import type { Observation } from '../model/ownership.ts';
import type { Clock } from '../time/clock.ts';
import { forEachConcurrently } from './forEachConcurrently.ts';

export type Observed =
  | {
      readonly ok: true;
      readonly observations: ReadonlyMap<string, Observation>;
      readonly failures: ReadonlyMap<string, InsightsFailure>;
    }
  /** Nothing may be done on what could not be read. */
  | { readonly ok: false; readonly failure: InsightsFailure };

/** Ids that the list lacks are looked up one by one, but not more of them than this in a run. */
const MAX_LOOKUPS = 200;

/**
 * Reads the account's reports: one list, and a look-up by id for each of `mustKnow` that the list lacks. A list
 * without any report while some are `owned` is no answer to believe, and counts as unreadable.
 */
export async function observeReports(input: {
  readonly client: InsightsClient;
  readonly call: CallContext;
  readonly clock: Clock;
  readonly owned: readonly string[];
  readonly mustKnow: readonly string[];
  readonly concurrency: number;
}): Promise<Observed> {
  const { client, call, clock, owned, mustKnow } = input;
  const readAtMs = clock.now();
  const listed = await client.list({}, call);
  if (!listed.ok) {
    return { ok: false, failure: listed.failure };
  }
  if (listed.value.length === 0 && owned.length > 0) {
    return { ok: false, failure: emptyListFailure(listed.requestId, listed.attempts, listed.durationInMs) };
  }
  const serviceOffsetInMs = offsetOf(listed.serviceTimeMs, clock.now());
  const observations = new Map<string, Observation>(
    listed.value.map((report) => [report.reportId, { kind: 'seen', report, readAtMs, serviceOffsetInMs }]),
  );
  const failures = new Map<string, InsightsFailure>();
  const isOwned = new Set(owned);
  // A list may lag behind: what it shows active although we keep it paused is read by its id too.
  const isBelieved = (id: string) => {
    const one = observations.get(id);
    return one?.kind === 'seen' && !(isOwned.has(id) && one.report.reportStatus === 'Active');
  };
  const missing = [...new Set([...owned, ...mustKnow])].filter((id) => !isBelieved(id)).slice(0, MAX_LOOKUPS);
  await forEachConcurrently(missing, input.concurrency, async (reportId) => {
    const lookedUpAtMs = clock.now();
    const answer = await client.get(reportId, call);
    if (answer.ok) {
      const offset = offsetOf(answer.serviceTimeMs, clock.now());
      observations.set(reportId, {
        ...{ kind: 'seen', report: answer.value, readAtMs: lookedUpAtMs, serviceOffsetInMs: offset },
      });
    } else if (answer.failure.code === 'not_found') {
      observations.set(reportId, { kind: 'notFound' });
    } else {
      failures.set(reportId, answer.failure);
    }
  });
  return { ok: true, observations, failures };
}

/**
 * The service's clock minus ours, at the least: its time was cut to the second and taken before the answer came. So
 * an instant of ours is never put later on its clock than it was, and a change of our own is not taken for another's.
 */
function offsetOf(serviceTimeMs: number | null, answeredAtMs: number): number {
  return (serviceTimeMs ?? answeredAtMs) - answeredAtMs;
}

function emptyListFailure(requestId: string, attempts: number, durationInMs: number): InsightsFailure {
  return {
    code: 'unexpected_answer',
    message: 'the service lists no report at all while we keep some paused; not believed',
    httpStatus: 200,
    retryable: true,
    attempts,
    durationInMs,
    throttledInMs: 0,
    requestId,
    mayHaveTakenEffect: false,
    observed: null,
  };
}
