import { randomUUID } from 'node:crypto';
import type { Report } from '../model/report.ts';
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
}

interface Put {
  readonly door: ServiceDoor;
  readonly change: Change;
  readonly options: PutOptions;
  readonly context: CallContext;
  readonly state: PutState;
}

/** A change as a call: the report is read right before every PUT that had to wait, and after every unclear one. */
export function createPut(put: Put): ServiceCall<Report> {
  return { once: (ticket) => putOnce(put, ticket), settle: (failure) => settle(put, failure) };
}

async function putOnce(put: Put, ticket: Ticket): Promise<Shown<Report> | { readonly kind: 'again' }> {
  const { door, change, context, state } = put;
  // A read is a call of its own: under the id of the change its answer could be replayed for the change.
  const readTicket = { ...ticket, requestId: randomUUID() };
  const reread = isFresh(put) ? null : await readOnce(door, change.reportId, readTicket, context);
  if (reread?.kind === 'failed') return reread;
  if (reread?.kind === 'value') {
    saw(put, reread.value);
    if (!isChangeable(change, reread.value)) return alreadyThere(put, reread);
  }
  if (door.gate.isHeldBack()) return { kind: 'again' };
  const endMs = latestEndMs(door, context);
  const refusal = await askPermission(put, ticket, endMs, reread?.value ?? null);
  if (refusal !== null) return { kind: 'failed', failure: refusal };
  // Writing ahead takes its time: meanwhile the account may have been throttled, or the read grown old.
  if (door.gate.isHeldBack() || !isFresh(put)) return { kind: 'again' };
  const url = changeUrl(change, door.account.surface, door.base);
  const shown = pickReport(
    await sendOnce(door, { method: 'PUT', url, endMs }, ticket, context),
    change.reportId,
  );
  if (shown.kind === 'value') state.confirmedBy = 'answer';
  return shown;
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

async function askPermission(
  { door, options, state }: Put,
  ticket: Ticket,
  endMs: number,
  reread: Report | null,
): Promise<AttemptFailure | null> {
  const startedMs = door.clock.now();
  if (endMs - startedMs < door.limits.minAttemptInMs) {
    return notSent('deadline_too_near', 'Too little time left for a change', true);
  }
  if (options.onAttempt === undefined) return null;
  try {
    const { wasUnclear: isAfterUnclear } = state;
    const attempt = { attempt: ticket.attempt, startedMs, latestEndMs: endMs, reread, isAfterUnclear };
    return (await options.onAttempt(attempt))
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
    const answer = await getReport(door, change.reportId, context);
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
