import type { Hold } from '../model/hold.ts';
import { isLiveAt } from '../model/hold.ts';
import type { ReportResult } from '../running/reportResult.ts';
import { utcText } from '../windows/formatInstant.ts';
import { actForDoor, type DoorRun, nothingDone } from './actForDoor.ts';
import { doorRun } from './doorRun.ts';
import type { ResumeRequest } from './requests.ts';
import type { Run } from './run.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';

/**
 * Ends the requests' holds on these reports and resumes what nothing holds any more. Where a window still holds, the
 * result is `stillHeld`, unless `includeWindows`: then the window's hold stays without effect until it is over.
 */
export async function resumeReports(
  parts: ServiceParts,
  request: ResumeRequest,
  call: DoorCall,
): Promise<Run> {
  const frame = startFrame(parts, call);
  return doorRun(parts, { door: 'resume', account: request.account, call, frame }, async (runtime) => {
    if (parts.mode === 'off') {
      const ids = request.target.kind === 'reports' ? request.target.reportIds : [];
      return nothingDone(ids, { code: 'mode_forbids', message: 'MODE is off: nothing is resumed' });
    }
    const { accountKey } = runtime;
    const concerned = concernedHolds(request, call.caller);
    const before = await parts.ledger.read(accountKey);
    // Those that are ended already count too: a repeat asks about the same reports.
    const named = before.holds.flatMap(({ hold }) => (concerned(hold) ? [hold.reportId] : []));
    if (request.target.kind === 'request' && named.length === 0) {
      return nothingDone([], {
        code: 'unknown_request',
        message: 'no hold of this request is left; name the reports',
      });
    }
    await parts.ledger.changeHolds(accountKey, (hold) =>
      concerned(hold) ? endedHold(hold, request, whoAsked(call), frame.startedMs) : null,
    );
    const reportIds = request.target.kind === 'reports' ? request.target.reportIds : [...new Set(named)];
    if (request.takeOver) {
      const takeOver = { by: whoAsked(call), why: request.reason, atMs: frame.startedMs };
      const owned = reportIds.filter((reportId) => before.ownerships.has(reportId));
      await parts.ledger.putTakeOvers(
        accountKey,
        owned.map((reportId) => ({ reportId, ...takeOver })),
      );
    }
    const done = await actForDoor(parts, { runtime, reportIds, frame, call });
    const told = done.results.map((result) => tellHolders(result, done, frame.startedMs));
    return { ...done, results: request.takeOver ? told.map(tellNotTaken) : told };
  });
}

/** A request's name is its caller's own: another's of the same name is another request. */
function concernedHolds({ target }: ResumeRequest, caller: string): (hold: Hold) => boolean {
  if (target.kind === 'request') {
    return ({ requestId, holder }) =>
      requestId === target.requestId && holder.kind === 'request' && holder.caller === caller;
  }
  const ids = new Set(target.reportIds);
  return (hold) => ids.has(hold.reportId);
}

function endedHold(hold: Hold, request: ResumeRequest, by: string, atMs: number): Hold | null {
  if (hold.holder.kind === 'window') {
    return request.includeWindows && hold.state === 'live' ? { ...hold, state: 'dropped' } : null;
  }
  return hold.ended === null ? { ...hold, ended: { by, why: request.reason, atMs } } : null;
}

/** `takeOver` settles what cannot be told; a pause that is plainly somebody else's stays theirs. */
function tellNotTaken(result: ReportResult): ReportResult {
  return result.outcome === 'foreign'
    ? {
        ...result,
        message: `${result.message}; takeOver settles doubtful pauses only, so resume it in Partner Center`,
      }
    : result;
}

/** A report that is still paused because others hold it: who they are, and when it is expected back. */
function tellHolders(result: ReportResult, done: DoorRun, nowMs: number): ReportResult {
  // Paused by this very run: for somebody who asked meanwhile.
  if (result.code !== 'held' && result.outcome !== 'paused') {
    return result;
  }
  // A hold that began while this request waited for its turn holds the report as well.
  const holds = (done.ran?.decided.situations.get(result.reportId)?.holds ?? []).filter((hold) =>
    isLiveAt(hold, Math.max(nowMs, hold.fromMs)),
  );
  const ends = holds.map(({ untilMs }) => untilMs);
  const expected =
    ends.length === 0 || ends.some((end) => end === null)
      ? 'when it is asked for'
      : `at ${utcText(Math.max(...ends.map((end) => end ?? 0)))}`;
  const holders = [...new Set(holds.map(({ who }) => who))].join(', ');
  return { ...result, outcome: 'stillHeld', message: `still held by ${holders}; expected back ${expected}` };
}
