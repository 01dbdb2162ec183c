import type { Report } from '../model/report.ts';
import { backOffInMs } from './backOff.ts';
import { callService } from './callService.ts';
import { type Change, isReached } from './change.ts';
import { createPut, type PutState } from './createPut.ts';
import { getReport } from './getReport.ts';
import type { CallContext, ChangeAnswer, InsightsAnswer, PutOptions } from './insightsClient.ts';
import type { ServiceDoor } from './serviceDoor.ts';

type Accepted = Extract<InsightsAnswer<Report>, { ok: true }> & { readonly sentMs: number };

/**
 * Pauses or resumes one report: one logical PUT with its retries, and reads until the service shows the change. An
 * unclear attempt is settled by reading before anything else is sent.
 */
export async function changeReport(
  door: ServiceDoor,
  change: Change,
  options: PutOptions,
  context: CallContext,
): Promise<ChangeAnswer> {
  const startedMs = door.clock.now();
  const state: PutState = {
    readAtMs: options.readAtMs ?? startedMs,
    observed: null,
    wasUnclear: false,
    confirmedBy: 'answer',
    sentMs: startedMs,
    written: null,
  };
  const answer = await callService(door, createPut({ door, change, options, context, state }), context);
  if (!answer.ok) return { ok: false, failure: { ...answer.failure, observed: state.observed } };
  const { confirmedBy, sentMs } = state;
  if (isReached(change, answer.value)) return { ...answer, confirmedBy, sentMs };
  const confirmed = await readUntilReached(door, change, { ...answer, sentMs }, context);
  return withDuration(confirmed, door.clock.now() - startedMs);
}

/** The service accepted the change but showed the report as it was: its reads may lag behind its writes. */
async function readUntilReached(
  door: ServiceDoor,
  change: Change,
  accepted: Accepted,
  context: CallContext,
): Promise<ChangeAnswer> {
  let { throttledInMs } = accepted;
  let observed = accepted.value;
  // Exhausted reports stay so: no later read would show anything else.
  const reads = observed.reportStatus === 'Inactive' ? 0 : door.limits.readBackReads;
  for (let read = 1; read <= reads; read += 1) {
    try {
      await door.clock.sleep(backOffInMs(read, door.limits, door.random), context.signal);
    } catch {
      return notConfirmed({ ...accepted, throttledInMs }, observed, 'aborted');
    }
    const answer = await getReport(door, change.reportId, context, change.verb);
    throttledInMs += answer.ok ? answer.throttledInMs : answer.failure.throttledInMs;
    if (!answer.ok) {
      const code = answer.failure.code === 'aborted' ? 'aborted' : 'not_confirmed';
      return notConfirmed({ ...accepted, throttledInMs }, observed, code);
    }
    observed = answer.value;
    if (!isReached(change, observed)) continue;
    const { serviceTimeMs, isMfaCompliant } = answer;
    return {
      ...accepted,
      value: observed,
      confirmedBy: 'readBack',
      serviceTimeMs,
      isMfaCompliant,
      throttledInMs,
    };
  }
  return notConfirmed({ ...accepted, throttledInMs }, observed, 'not_confirmed');
}

function notConfirmed(accepted: Accepted, observed: Report, code: 'not_confirmed' | 'aborted'): ChangeAnswer {
  const { attempts, durationInMs, throttledInMs, requestId } = accepted;
  return {
    ok: false,
    failure: {
      code,
      message: `The service accepted the change, but the report was last seen ${observed.reportStatus}`,
      httpStatus: 200,
      retryable: observed.reportStatus !== 'Inactive',
      ...{ attempts, durationInMs, throttledInMs, requestId },
      mayHaveTakenEffect: true,
      observed,
    },
  };
}

function withDuration(answer: ChangeAnswer, durationInMs: number): ChangeAnswer {
  return answer.ok
    ? { ...answer, durationInMs }
    : { ok: false, failure: { ...answer.failure, durationInMs } };
}
