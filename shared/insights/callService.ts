import { setMaxListeners } from 'node:events';
import { backOffInMs } from '../time/backOff.ts';
import type { CallRank, GatePass } from './accountGate.ts';
import { type CallLog, createCallLog } from './callLog.ts';
import type { AnswerFacts } from './classifyExchange.ts';
import { decideRetry, delayAfter } from './decideRetry.ts';
import type { CallContext, InsightsAnswer } from './insightsClient.ts';
import { type AttemptFailure, notSent } from './insightsFailure.ts';
import type { Ticket } from './sendOnce.ts';
import type { ServiceDoor } from './serviceDoor.ts';
import { takeToken } from './takeToken.ts';

/** What the service showed, or why it did not. */
export type Shown<T> =
  | { readonly kind: 'value'; readonly value: T; readonly facts: AnswerFacts }
  | { readonly kind: 'failed'; readonly failure: AttemptFailure };

/** One logical call: how an attempt is made. */
export interface ServiceCall<T> {
  readonly rank: CallRank;
  /** `again`: nothing was sent, because it must queue once more (somebody else was throttled meanwhile). */
  once(ticket: Ticket, pass: GatePass): Promise<Shown<T> | { readonly kind: 'again' }>;
}

interface Run<T> {
  readonly door: ServiceDoor;
  readonly call: ServiceCall<T>;
  readonly context: CallContext;
  readonly log: CallLog;
  readonly signIn: { mustRefresh: boolean; hasRefreshed: boolean };
}

/**
 * Makes one logical call: through the account's gate, with a token, again after what may pass, never after the
 * deadline. A 401 forces one token refresh, a 429 holds the whole account back.
 */
export async function callService<T>(
  door: ServiceDoor,
  call: ServiceCall<T>,
  context: CallContext,
): Promise<InsightsAnswer<T>> {
  const log = createCallLog(door.clock);
  const run: Run<T> = { door, call, context, log, signIn: { mustRefresh: false, hasRefreshed: false } };
  // Many calls share one signal, and Node takes more than ten listeners for a leak.
  setMaxListeners(0, context.signal);
  await door.transport.prepare();
  for (;;) {
    const shown = await attempt(run);
    const next = shown.kind === 'failed' ? await afterFailure(run, shown.failure) : shown;
    if (next.kind === 'again') continue;
    door.watch?.ended(log.facts());
    if (next.kind === 'failed') return { ok: false, failure: log.toFailure(next.failure) };
    return { ok: true, value: next.value, ...next.facts, ...log.facts() };
  }
}

async function attempt<T>(run: Run<T>): Promise<Shown<T> | { readonly kind: 'again' }> {
  const { door, call, context, log, signIn } = run;
  const latestMs = latestStartMs(run);
  const entry = await door.gate.enter({ signal: context.signal, latestMs, rank: call.rank });
  log.addThrottledTime(entry.throttledInMs);
  if (entry.kind === 'aborted')
    return { kind: 'failed', failure: notSent('aborted', 'Aborted while waiting') };
  if (entry.kind === 'tooLate') return { kind: 'failed', failure: tooLate(entry.isHeldBack) };
  const enteredMs = door.clock.now();
  try {
    const taken = await takeToken(door, signIn.mustRefresh, context);
    if (!taken.ok) return { kind: 'failed', failure: taken.failure };
    signIn.mustRefresh = false;
    const ticket = { token: taken.token, requestId: log.requestId, attempt: log.failures.length + 1 };
    const shown = await call.once(ticket, entry.pass);
    if (shown.kind === 'value') log.addSuccess();
    // Before the place is given back: whoever enters next must already find the account held back.
    if (shown.kind === 'failed') noteFailure(run, shown.failure, enteredMs);
    return shown;
  } finally {
    entry.pass.leave();
  }
}

function noteFailure<T>({ door, log }: Run<T>, failure: AttemptFailure, enteredMs: number): void {
  if (failure.sent) log.addFailure(failure);
  if (failure.code === 'throttled') door.gate.holdBack(delayAfter(waits(door, log, failure)), enteredMs);
}

async function afterFailure<T>(run: Run<T>, failure: AttemptFailure): Promise<Shown<T> | { kind: 'again' }> {
  const { log, signIn } = run;
  if (!failure.sent) return { kind: 'failed', failure: worthTelling(failure, log) };
  if (failure.code === 'unauthorized' && !signIn.hasRefreshed) {
    signIn.mustRefresh = true;
    signIn.hasRefreshed = true;
    return { kind: 'again' };
  }
  return await waitForRetry(run, failure);
}

async function waitForRetry<T>(run: Run<T>, failure: AttemptFailure): Promise<Shown<T> | { kind: 'again' }> {
  const { door, log, context } = run;
  const decision = decideRetry({
    ...waits(door, log, failure),
    attempts: log.failures.length,
    maxAttempts: door.limits.maxAttempts,
    serverErrors: log.failures.filter(({ httpStatus }) => httpStatus === 500).length,
    nowMs: door.clock.now(),
    latestStartMs: latestStartMs(run),
  });
  if (!decision.retry) return { kind: 'failed', failure };
  // The gate makes a throttled call wait, together with all others of the account.
  if (failure.code === 'throttled') return { kind: 'again' };
  try {
    await door.clock.sleep(decision.delayInMs, context.signal);
    return { kind: 'again' };
  } catch {
    return { kind: 'failed', failure: notSent('aborted', 'Aborted while waiting to try again') };
  }
}

function waits(door: ServiceDoor, log: CallLog, failure: AttemptFailure) {
  const { limits, random } = door;
  return {
    failure,
    backOffInMs: backOffInMs(Math.max(1, log.failures.length), limits, random),
    retryAfterCapInMs: limits.retryAfterCapInMs,
  };
}

function latestStartMs<T>({ door, context }: Run<T>): number {
  return context.deadlineMs - door.limits.minAttemptInMs;
}

/** Where only the time ran out, what the service said before is the better explanation. */
function worthTelling(failure: AttemptFailure, log: CallLog): AttemptFailure {
  const isTimeOut = failure.code === 'deadline_too_near' || failure.code === 'throttled';
  return isTimeOut ? (log.failures.at(-1) ?? failure) : failure;
}

function tooLate(isHeldBack: boolean): AttemptFailure {
  return isHeldBack
    ? notSent('throttled', 'The account is held back by the service for longer than this call may last', true)
    : notSent('deadline_too_near', 'No time was left when the turn of the call came', true);
}
