import { randomUUID } from 'node:crypto';
import type { Report } from '../model/report.ts';
import type { GatePass } from './accountGate.ts';
import { backOffInMs } from './backOff.ts';
import type { ServiceCall, Shown } from './callService.ts';
import { type Change, changeUrl, isChangeable, isReached } from './change.ts';
import { getReport, pickReport, readOnce } from './getReport.ts';
import type { CallContext, PutOptions } from './insightsClient.ts';
import { type AttemptFailure, type InsightsFailure, notSent } from './insightsFailure.ts';
import { safeText } from './safeText.ts';
import { latestEndMs, sendOnce, type Ticket } from './sendOnce.ts';
import type { ServiceDoor } from './serviceDoor.ts';

/** What one change has seen so far. */
export interface PutState {
  /** When the report was last read, epoch milliseconds. */
  readAtMs: number;
  observed: Report | null;
  /** Whether an attempt may have changed the report. */
  wasUnclear: boolean;
  confirmedBy: 'answer' | 'readBack';
  /** When the last PUT left, epoch milliseconds. */
  sentMs: number;
  /** The attempt that is written ahead; null where none is. */
  written: { readonly startedMs: number; readonly endMs: number } | null;
}

type Again = { readonly kind: 'again' };
const again: Again = { kind: 'again' };

interface Put {
  readonly door: ServiceDoor;
  readonly change: Change;
  readonly options: PutOptions;
  readonly context: CallContext;
  readonly state: PutState;
}

/**
 * What was written ahead longer ago is written anew before it is sent: the shorter the time between the two, the less of
 * it somebody else could have used.
 */
const WRITTEN_FOR_IN_MS = 1_500;

/** A read that took no longer gives its place to others while its change is written ahead. */
const QUICK_READ_IN_MS = 500;

/**
 * A change as a call: the report is read right before every PUT that had to wait, and after every unclear one. While
 * the read is fresh the change is written ahead before its turn comes, so that its place among the calls is not idle.
 */
export function createPut(put: Put): ServiceCall<Report> {
  return {
    rank: put.change.verb,
    prepare: (attempt) => prepare(put, attempt),
    once: (ticket, pass) => putOnce(put, ticket, pass),
    settle: (failure) => settle(put, failure),
  };
}

async function prepare(put: Put, attempt: number): Promise<AttemptFailure | null> {
  const { change, door, options, state } = put;
  state.written = null;
  const found = isFresh(put) || state.wasUnclear ? null : ((await options.readAgain?.()) ?? null);
  // Lists may lag: one that leaves nothing to do is not believed, and the report is read by its id.
  const reread = found !== null && isChangeable(change, found.report) ? found : null;
  if (reread !== null) {
    state.observed = reread.report;
    state.readAtMs = reread.readAtMs;
  }
  const isToBeRead = !isFresh(put) || door.gate.isHeldBack();
  return isToBeRead ? null : await writeAhead(put, attempt, reread?.report ?? null);
}

async function putOnce(put: Put, ticket: Ticket, pass: GatePass): Promise<Shown<Report> | Again> {
  const { door, state } = put;
  if (door.gate.isHeldBack()) return again;
  const isWritten = isSince(put, state.written?.startedMs ?? 0, WRITTEN_FOR_IN_MS);
  if (isFresh(put) && isWritten) return await sendWritten(put, ticket);
  if (isFresh(put)) return await putRead(put, ticket, null);
  const startedMs = door.clock.now();
  // A read is a call of its own: under the id of the change its answer could be replayed for the change.
  const readTicket = { ...ticket, requestId: randomUUID() };
  const reread = await readOnce(door, put.change.reportId, readTicket, put.context);
  if (reread.kind === 'failed') return reread;
  saw(put, reread.value);
  if (!isChangeable(put.change, reread.value)) return alreadyThere(put, reread);
  if (door.gate.isHeldBack()) return again;
  if (isSince(put, startedMs, QUICK_READ_IN_MS)) pass.leave();
  return await putRead(put, ticket, { pass, report: reread.value });
}

/** The change of a report that was just read. After a read again it needs a turn of its own, before all new calls. */
async function putRead(
  put: Put,
  ticket: Ticket,
  reread: { readonly pass: GatePass; readonly report: Report } | null,
): Promise<Shown<Report> | Again> {
  const { door, context } = put;
  const refusal = await writeAhead(put, ticket.attempt, reread?.report ?? null);
  if (refusal !== null) return { kind: 'failed', failure: refusal };
  // Writing ahead takes its time: meanwhile the account may have been throttled, or the read grown old.
  if (door.gate.isHeldBack() || !isFresh(put)) return again;
  const latestMs = door.clock.now() + WRITTEN_FOR_IN_MS;
  const turn = await reread?.pass.again({ signal: context.signal, latestMs });
  if (turn?.kind === 'aborted')
    return { kind: 'failed', failure: notSent('aborted', 'Aborted while waiting') };
  return turn?.kind === 'tooLate' || !isFresh(put) ? again : await sendWritten(put, ticket);
}

async function sendWritten(put: Put, ticket: Ticket): Promise<Shown<Report>> {
  const { door, change, context, state } = put;
  const url = changeUrl(change, door.account.surface, door.base);
  state.sentMs = door.clock.now();
  const request = { method: 'PUT', url, endMs: state.written?.endMs ?? 0 } as const;
  const shown = pickReport(await sendOnce(door, request, ticket, context), change.reportId);
  if (shown.kind === 'value') state.confirmedBy = 'answer';
  return shown;
}

function isSince({ door }: Put, startedMs: number, withinMs: number): boolean {
  return door.clock.now() - startedMs <= withinMs;
}

function isFresh({ door, state }: Put): boolean {
  return door.clock.now() - state.readAtMs <= door.limits.readFreshForInMs;
}

function saw({ door, state }: Put, report: Report): void {
  state.observed = report;
  state.readAtMs = door.clock.now();
}

/** Ours only where an attempt of ours may have done it; else somebody else was faster, and nothing is sent. */
function alreadyThere(put: Put, shown: Extract<Shown<Report>, { kind: 'value' }>): Shown<Report> {
  if (put.state.wasUnclear && isReached(put.change, shown.value)) return readBack(put, shown);
  const message = `The report turned ${shown.value.reportStatus} before the change could be sent`;
  return { kind: 'failed', failure: notSent('overtaken', message) };
}

function readBack(put: Put, shown: Extract<Shown<Report>, { kind: 'value' }>): Shown<Report> {
  put.state.confirmedBy = 'readBack';
  return shown;
}

/** Asks the caller, who writes the attempt down; null where it may leave. */
async function writeAhead(
  { door, options, context, state }: Put,
  attempt: number,
  reread: Report | null,
): Promise<AttemptFailure | null> {
  const startedMs = door.clock.now();
  const endMs = latestEndMs(door, context);
  if (endMs - startedMs < door.limits.minAttemptInMs) {
    return notSent('deadline_too_near', 'Too little time left for a change', true);
  }
  state.written = { startedMs, endMs };
  if (options.onAttempt === undefined) return null;
  try {
    const { wasUnclear: isAfterUnclear } = state;
    return (await options.onAttempt({
      ...{ attempt, startedMs, latestEndMs: endMs, reread, isAfterUnclear, readAtMs: state.readAtMs },
    }))
      ? null
      : notSent('stopped', 'The caller stopped the change', true);
  } catch {
    return notSent('stopped', 'The change could not be written ahead, so it was not sent', true);
  }
}

/** Reads the report after an attempt that may have changed it. */
async function settle(put: Put, failure: AttemptFailure): Promise<Shown<Report> | { readonly kind: 'open' }> {
  const { door, change, context, state } = put;
  state.wasUnclear = true;
  // A plain refusal after an unclear attempt may mean "it already is": then a lagging read is looked at again.
  const reads = failure.mayHaveTakenEffect ? 1 : door.limits.readBackReads;
  for (let read = 1; read <= reads; read += 1) {
    if (read > 1 && !(await pause(put, read)))
      return { kind: 'failed', failure: notSent('aborted', 'Aborted') };
    const answer = await getReport(door, change.reportId, context, change.verb);
    if (!answer.ok) {
      return { kind: 'failed', failure: unreadable(failure, answer.failure) };
    }
    saw(put, answer.value);
    const { serviceTimeMs, isMfaCompliant } = answer;
    const facts = { serviceTimeMs, isMfaCompliant };
    if (isReached(change, answer.value)) return readBack(put, { kind: 'value', value: answer.value, facts });
    if (!isChangeable(change, answer.value)) return { kind: 'failed', failure: outOfReach(answer.value) };
  }
  return { kind: 'open' };
}

async function pause({ door, context }: Put, read: number): Promise<boolean> {
  try {
    await door.clock.sleep(backOffInMs(read - 1, door.limits, door.random), context.signal);
    return true;
  } catch {
    return false;
  }
}

/** A report that is gone, or an abort, explains itself; whatever else hid the report leaves the outcome unknown. */
function unreadable(failure: AttemptFailure, { code, message }: InsightsFailure): AttemptFailure {
  if (code === 'aborted' || code === 'not_found') return notSent(code, message, code === 'aborted');
  const told = safeText(`${failure.message.slice(0, 140)}; then the report could not be read: ${message}`);
  return { ...failure, code: 'ambiguous', message: told, retryable: true };
}

function outOfReach(report: Report): AttemptFailure {
  return notSent('not_confirmed', `The change was sent, but the report is ${report.reportStatus}`);
}
