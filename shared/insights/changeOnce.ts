import { randomUUID } from 'node:crypto';
import type { GatePass } from './accountGate.ts';
import { callService, type ServiceCall, type Shown } from './callService.ts';
import { type Change, changeUrl } from './change.ts';
import { readOnce } from './getReport.ts';
import type { CallContext, ChangeAnswer, ChangeHooks, SentPut } from './insightsClient.ts';
import { type AttemptFailure, notSent } from './insightsFailure.ts';
import { latestEndMs, sendOnce, type Ticket } from './sendOnce.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/** A PUT leaves only when the report was read no longer ago than this. */
const READ_FRESH_FOR_MS = 2_000;

/** Reads again where writing ahead, or its turn, took too long; so often at most. */
const MAX_READS = 4;

/** A read that took no longer gives its place to others while its change is written ahead. */
const QUICK_READ_IN_MS = 500;

interface Put {
  readonly door: ServiceDoor;
  readonly change: Change;
  readonly hooks: ChangeHooks;
  readonly context: CallContext;
  /** What came of it so far. */
  readonly state: { sent: SentPut | null; declined: boolean };
}

type Again = { readonly kind: 'again' };

/**
 * Pauses or resumes one report once: read by id, ask the caller, PUT. Only what was plainly refused for the sake of the
 * token or the pace (401, 429) is tried again, from the read on. What the answer means for the report is the caller's.
 */
export async function changeOnce(
  door: ServiceDoor,
  change: Change,
  hooks: ChangeHooks,
  context: CallContext,
): Promise<ChangeAnswer> {
  const put: Put = { door, change, hooks, context, state: { sent: null, declined: false } };
  const call: ServiceCall<null> = {
    rank: change.verb,
    once: (ticket, pass) => changeWith(put, ticket, pass),
  };
  const answer = await callService(door, call, context);
  const { sent, declined } = put.state;
  if (answer.ok) {
    const { value: _, ok: __, ...facts } = answer;
    return { sent, declined, failure: null, facts };
  }
  const { attempts, durationInMs, throttledInMs, requestId } = answer.failure;
  const facts = {
    attempts,
    durationInMs,
    throttledInMs,
    requestId,
    serviceTimeMs: null,
    isMfaCompliant: null,
  };
  return { sent, declined, failure: answer.failure, facts };
}

async function changeWith(put: Put, ticket: Ticket, pass: GatePass): Promise<Shown<null> | Again> {
  const { door, change, context } = put;
  for (let read = 1; read <= MAX_READS; read += 1) {
    if (door.gate.isHeldBack()) return { kind: 'again' };
    const askedMs = door.clock.now();
    // A read is a call of its own: under the id of the change its answer could be replayed for the change.
    const shown = await readOnce(door, change.reportId, { ...ticket, requestId: randomUUID() }, context);
    const isMissing = shown.kind === 'failed' && shown.failure.code === 'not_found';
    if (shown.kind === 'failed' && !isMissing) return shown;
    const answeredMs = door.clock.now();
    if (answeredMs - askedMs <= QUICK_READ_IN_MS) pass.leave();
    const endMs = latestEndMs(door, context);
    if (endMs - answeredMs < door.limits.minAttemptInMs) return failed(tooLittleTime());
    const serviceTimeMs = shown.kind === 'value' ? shown.facts.serviceTimeMs : null;
    const isWanted = await put.hooks.beforePut({
      ...{ readAtMs: askedMs, latestEndMs: endMs },
      report: shown.kind === 'value' ? shown.value : null,
      serviceOffsetInMs: (serviceTimeMs ?? answeredMs) - answeredMs,
      giveWay: pass.leave,
    });
    if (!isWanted) {
      put.state.declined = true;
      return { kind: 'value', value: null, facts: { serviceTimeMs, isMfaCompliant: null } };
    }
    const turn = await pass.again({ signal: context.signal, latestMs: freshUntilMs(put, answeredMs) });
    if (turn.kind === 'aborted') return failed(notSent('aborted', 'Aborted while waiting'));
    if (door.gate.isHeldBack()) return { kind: 'again' };
    // Written ahead, but too late: what others did since must be read first.
    if (turn.kind === 'entered' && door.clock.now() <= freshUntilMs(put, answeredMs)) {
      return await send(put, ticket, endMs);
    }
    if (turn.kind === 'tooLate') {
      const next = await pass.again({ signal: context.signal, latestMs: endMs });
      if (next.kind !== 'entered') return failed(tooLittleTime());
    }
  }
  return failed(notSent('deadline_too_near', 'The change could not follow its read soon enough', true));
}

/** Under a slow ceiling the turn of the PUT is a call later than that of its read. */
function freshUntilMs({ door }: Put, answeredMs: number): number {
  const { callsPerSecond } = door.account;
  return answeredMs + Math.max(READ_FRESH_FOR_MS, callsPerSecond === null ? 0 : 2_500 / callsPerSecond);
}

async function send(
  { door, change, context, hooks, state }: Put,
  ticket: Ticket,
  endMs: number,
): Promise<Shown<null>> {
  const url = changeUrl(change, door.account.surface, door.base);
  const sentMs = door.clock.now();
  const classified = await sendOnce(door, { method: 'PUT', url, endMs }, ticket, context);
  const failure = classified.ok ? null : classified.failure;
  if (failure === null || failure.sent) {
    const answer = failure === null ? 'accepted' : failure.mayHaveTakenEffect ? 'unclear' : 'refused';
    state.sent = { sentMs, endedMs: door.clock.now(), limitMs: endMs, answer, failure };
    hooks.afterPut(state.sent);
  }
  const facts = classified.ok ? classified.facts : { serviceTimeMs: null, isMfaCompliant: null };
  // The service's answers to the token and to the pace are tried again; every other is the caller's to look at.
  const isOfPace =
    failure !== null && (!failure.sent || ['unauthorized', 'throttled'].includes(failure.code));
  return isOfPace ? failed(failure) : { kind: 'value', value: null, facts };
}

function failed(failure: AttemptFailure): { readonly kind: 'failed'; readonly failure: AttemptFailure } {
  return { kind: 'failed', failure };
}

function tooLittleTime(): AttemptFailure {
  return notSent('deadline_too_near', 'Too little time left for a change', true);
}
