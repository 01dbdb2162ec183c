import { listedOf } from '../deciding/evidence.ts';
import { isLookDue, isOddLook, outvoted, teachesTimes } from '../deciding/looks.ts';
import type { CallRank } from '../insights/accountGate.ts';
import type { CallContext, InsightsClient } from '../insights/insightsClient.ts';
import type { InsightsFailure } from '../insights/insightsFailure.ts';
import type { LearnedFacts, Observation, Ownership } from '../model/ownership.ts';
import type { Report } from '../model/report.ts';
import type { Clock } from '../time/clock.ts';
import { forEachConcurrently } from '../time/forEachConcurrently.ts';

/** An account's reports as they were read: the list, and what had to be read by id. */
export interface Observed {
  readonly observations: ReadonlyMap<string, Observation>;
  /** Reports that could not be read, and why. */
  readonly failures: ReadonlyMap<string, InsightsFailure>;
  /** Why there is no list that can be believed; null where there is one. */
  readonly listFailure: InsightsFailure | null;
  /** The list alone, and when it was asked for. */
  readonly listed: ReadonlyMap<string, Report>;
  readonly listedAtMs: number;
}

/** Looks by id of one run, at most; those that waited longest come first. */
const MAX_LOOKUPS = 200;

/** And so many of them only to learn of the account's times. */
const MAX_TEACHING = 3;

/** An odd look is repeated so many times, so far apart. */
const REPEATS = 2;
const REPEATED_AFTER_MS = 2_000;

/**
 * Reads the account's reports: one list, which finds reports and hints at changes, and by id what the ledger must know. An odd look is
 * repeated and outvoted. Without a list that can be believed, what the ledger has is still read by id.
 */
export async function observeReports(input: {
  readonly client: InsightsClient;
  readonly call: CallContext;
  readonly clock: Clock;
  readonly ownerships: ReadonlyMap<string, Ownership>;
  readonly learned: LearnedFacts;
  /** Reports that a live hold wants paused. */
  readonly wanted: ReadonlySet<string>;
  /** Reports that somebody asks about: read by id whatever the list says. */
  readonly asked: ReadonlySet<string>;
  readonly concurrency: number;
}): Promise<Observed> {
  const { client, call, clock, ownerships, learned } = input;
  const listedAtMs = clock.now();
  const list = await client.list({}, call);
  const isBelieved = list.ok && (list.value.length > 0 || ownerships.size === 0);
  const listFailure = list.ok
    ? isBelieved
      ? null
      : emptyListFailure(list.requestId, list.attempts, list.durationInMs)
    : list.failure;
  const reports = list.ok ? list.value : [];
  const offsetInMs = list.ok ? offsetOf(list.serviceTimeMs, clock.now()) : 0;
  const observations = new Map<string, Observation>(
    reports.map((report) => [
      report.reportId,
      {
        ...{ kind: 'seen', by: 'list', report, readAtMs: listedAtMs, serviceOffsetInMs: offsetInMs },
        listed: listedOf(report, learned),
      },
    ]),
  );
  const failures = new Map<string, InsightsFailure>();
  const due = dueLooks(input, observations, listFailure !== null, clock.now());
  const reads = new Map<string, [Observation, ...Observation[]]>();
  let todo: readonly string[] = due;
  for (let round = 0; round <= REPEATS && todo.length > 0; round += 1) {
    if (round > 0) {
      await clock.sleep(REPEATED_AFTER_MS, call.signal);
    }
    await forEachConcurrently(todo, input.concurrency, async (reportId) => {
      const listed = observations.get(reportId);
      const look = await lookById(input, reportId, listed?.kind === 'seen' ? listed.listed : '');
      if (look.ok) {
        const earlier = reads.get(reportId);
        reads.set(reportId, earlier === undefined ? [look.observation] : [...earlier, look.observation]);
      } else {
        failures.set(reportId, look.failure);
      }
    });
    todo = todo.filter((reportId) => {
      const seen = reads.get(reportId);
      return seen?.some((one) => isOddLook(ownerships.get(reportId) ?? null, one)) === true;
    });
  }
  for (const [reportId, seen] of reads) {
    observations.set(reportId, outvoted(seen, observations.get(reportId) ?? null));
    failures.delete(reportId);
  }
  const listed = new Map(reports.map((report) => [report.reportId, report]));
  return { observations, failures, listFailure, listed, listedAtMs };
}

/** One read by id. Its own clock counts, so that one read never counts as two. */
export async function lookById(
  {
    client,
    call,
    clock,
    rank = 'read',
  }: {
    readonly client: InsightsClient;
    readonly call: CallContext;
    readonly clock: Clock;
    readonly rank?: CallRank;
  },
  reportId: string,
  listed: string,
): Promise<
  | { readonly ok: true; readonly observation: Observation }
  | { readonly ok: false; readonly failure: InsightsFailure }
> {
  const readAtMs = clock.now();
  const answer = await client.get(reportId, call, rank);
  if (answer.ok) {
    const serviceOffsetInMs = offsetOf(answer.serviceTimeMs, clock.now());
    const observation = {
      kind: 'seen',
      by: 'id',
      report: answer.value,
      readAtMs,
      serviceOffsetInMs,
      listed,
    } as const;
    return { ok: true, observation };
  }
  return answer.failure.code === 'not_found'
    ? { ok: true, observation: { kind: 'notFound', readAtMs } }
    : { ok: false, failure: answer.failure };
}

function dueLooks(
  { ownerships, learned, wanted, asked }: Parameters<typeof observeReports>[0],
  listed: ReadonlyMap<string, Observation>,
  isBlind: boolean,
  nowMs: number,
): readonly string[] {
  const absent: Observation = { kind: 'absent' };
  const teaching = [...ownerships.values()]
    .filter((ownership) => !isBlind && teachesTimes(ownership, learned, nowMs))
    .slice(0, MAX_TEACHING);
  const ofLedger = [...ownerships.values()].filter((ownership) => {
    const { reportId, kind } = ownership;
    const isHeld = wanted.has(reportId);
    // What goes back is read right before its resume.
    const isToResume = kind === 'paused' && !isHeld && ownership.odd === null;
    // Without a list nothing hints: what nothing is owed to waits for the next one.
    const seen = isBlind && kind === 'paused' && isHeld ? null : (listed.get(reportId) ?? absent);
    return (
      asked.has(reportId) ||
      teaching.includes(ownership) ||
      (!isToResume && seen !== null && isLookDue(ownership, seen, { nowMs, learned }))
    );
  });
  const strangers = [...new Set([...wanted, ...asked])].filter((reportId) => {
    const seen = listed.get(reportId);
    return !ownerships.has(reportId) && (seen?.kind !== 'seen' || seen.report.reportStatus === 'Paused');
  });
  const oldestFirst = ofLedger.sort((a, b) => a.lookedMs - b.lookedMs).map(({ reportId }) => reportId);
  return [...oldestFirst, ...strangers].slice(0, MAX_LOOKUPS);
}

/**
 * The service's clock minus ours, at the least: its time was cut to the second and taken before the answer came.
 */
function offsetOf(serviceTimeMs: number | null, answeredAtMs: number): number {
  return (serviceTimeMs ?? answeredAtMs) - answeredAtMs;
}

function emptyListFailure(requestId: string, attempts: number, durationInMs: number): InsightsFailure {
  return {
    code: 'unexpected_answer',
    message: 'the service lists no report at all while we keep some paused; not believed',
    ...{ httpStatus: 200, retryable: true, attempts, durationInMs, throttledInMs: 0, requestId },
  };
}
