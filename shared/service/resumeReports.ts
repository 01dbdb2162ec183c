import type { HoldsEnd, OpenRequest } from '../ledger/ledgerRows.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { ReportResult } from '../running/reportResult.ts';
import { inSteps, runInSlices } from '../time/steps.ts';
import { backAlready, type DoorRun, failureOf, nothingDone, type Obstacle } from './actForDoor.ts';
import { type DoorLedger, type DoorManner, inEarnest } from './doorHands.ts';
import { doorRun } from './doorRun.ts';
import { holdersTeller } from './holdersTeller.ts';
import type { ResumeRequest } from './requests.ts';
import type { Run } from './run.ts';
import { startFrame } from './runContextOf.ts';
import type { Arrival, DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';

/**
 * Ends the requests' and webhooks' holds on these reports, or the caller's own alone, and resumes what nothing holds any
 * more. Where another or a window still holds, the result is `stillHeld`; with `includeWindows` the window's hold stays
 * without effect until it is over.
 */
export async function resumeReports(
  parts: ServiceParts,
  request: ResumeRequest,
  call: DoorCall,
  manner: DoorManner = inEarnest,
): Promise<Run> {
  const frame = startFrame(parts, call);
  const { account, reason: why } = request;
  const door = { door: 'resume', account, call, frame, why, isDry: manner.isDry } as const;
  return doorRun(parts, door, async (runtime) => {
    if (parts.mode === 'off') {
      const ids = request.target.kind === 'request' ? [] : request.target.reportIds;
      return nothingDone(ids, { code: 'mode_forbids', message: 'MODE is off: nothing is resumed' });
    }
    const { accountKey } = runtime;
    const { ledger, act } = await manner.takeHands(parts, runtime, { frame, call });
    const { order } = ledger;
    const arrival = call.arrival ?? { place: await order.arrive(accountKey, null), atMs: frame.startedMs };
    const isConcerned = concernedHolds(request, call.caller);
    const before = await ledger.read(accountKey);
    // Those that are ended already count too: a repeat asks about the same reports.
    const named = before.holds.flatMap(({ hold }) => (isConcerned(hold) ? [hold.reportId] : []));
    const end = { by: whoAsked(call), why: request.reason, atMs: arrival.atMs };
    const { target } = request;
    const isComing = before.openRequests.some((open) => isEarlierPause(open, target, call.caller, arrival));
    if (target.kind !== 'reports' && isComing) {
      // Its pause has its place, and holds of it may be written after this: they are over as they are written.
      const { requestId } = target;
      await order.endHolds(accountKey, [
        { reportId: null, caller: call.caller, requestId, place: arrival.place, ...end },
      ]);
    }
    if (target.kind === 'request' && named.length === 0) {
      // Done again after a kill, it may find its word and nothing else: the pause has heard it and left.
      const isSaid = before.ends.get(null)?.some(({ end: { caller, requestId, place } }) => {
        return caller === call.caller && requestId === target.requestId && place === arrival.place;
      });
      return nothingDone([], isComing || isSaid === true ? pauseSuperseded : unknownRequest);
    }
    const reportIds = target.kind === 'request' ? [...new Set(named)] : target.reportIds;
    // Without the right to overrule others it speaks of its caller's own requests alone.
    const caller = request.endsOthers ? null : call.caller;
    if (request.target.kind === 'reports') {
      await order.endHolds(
        accountKey,
        reportIds.map((reportId) => ({
          ...{ reportId, requestId: null, place: arrival.place, caller },
          ...end,
        })),
      );
    }
    await ledger.changeHolds(accountKey, (hold) =>
      isConcerned(hold) ? endedHold(hold, request, arrival, end) : null,
    );
    if (request.takeOver) {
      // What has become doubtful since is another doubt.
      const isMeant = (reportId: string) =>
        (before.ownerships.get(reportId)?.sinceMs ?? Number.POSITIVE_INFINITY) <= arrival.atMs;
      await ledger.putStatements(
        accountKey,
        reportIds.filter(isMeant).map((reportId) => ({ reportId, whose: 'ours', ...end })),
      );
    }
    const done = await act(reportIds);
    await failureOf(() => dropNeedless(ledger, accountKey, { before, done, arrival }));
    const tellHolders = holdersTeller(parts, done, arrival);
    const told: ReportResult[] = [];
    const telling = inSteps(done.results, (result) => told.push(backAlready(tellHolders(result))), 20);
    await runInSlices(telling, parts.giveWay);
    return { ...done, results: request.takeOver ? told.map(tellNotTaken) : told };
  });
}

/**
 * What ends the holds of earlier requests is kept for a day. Of reports that nobody has ever held and that the account does
 * not show it is not needed: whoever makes up ids would fill the ledger with it, which each run reads.
 */
async function dropNeedless(
  ledger: DoorLedger,
  accountKey: string,
  {
    before,
    done,
    arrival,
  }: { readonly before: AccountSnapshot; readonly done: DoorRun; readonly arrival: Arrival },
): Promise<void> {
  const held = new Set(before.holds.map(({ hold }) => hold.reportId));
  const unknown = new Set(
    done.results.flatMap(({ reportId, outcome }) =>
      outcome === 'notFound' && !held.has(reportId) && !before.ownerships.has(reportId) ? [reportId] : [],
    ),
  );
  // An earlier pause that is still to write its holds is ended by it, whatever the account shows now.
  const isAwaited = before.openRequests.some(({ place }) => place < arrival.place);
  if (unknown.size === 0 || isAwaited) {
    return;
  }
  const { ends } = await ledger.read(accountKey);
  const isNeedless = ({ end: { reportId, place } }: { readonly end: HoldsEnd }) =>
    reportId !== null && place === arrival.place && unknown.has(reportId);
  await ledger.dropEnds(accountKey, [...ends.values()].flat().filter(isNeedless));
}

const unknownRequest: Obstacle = {
  code: 'unknown_request',
  message: 'no hold of this request is left; name the reports',
};

const pauseSuperseded: Obstacle = {
  code: 'pause_superseded',
  message:
    'the pause of this request was accepted and had paused nothing yet; it is over, and will pause nothing',
};

/** Whether the pause of the request that is to end came before, and may still write holds. */
function isEarlierPause(
  { pause, place }: OpenRequest,
  target: ResumeRequest['target'],
  caller: string,
  arrival: Arrival,
): boolean {
  const isNamed =
    target.kind !== 'reports' && pause?.caller === caller && pause.requestId === target.requestId;
  return isNamed && place < arrival.place;
}

/** The reports that a request of this caller holds, or held a moment ago; each once. @throws LedgerError */
export async function heldByRequest(
  parts: ServiceParts,
  { account, requestId }: { readonly account: string; readonly requestId: string },
  { caller }: Pick<DoorCall, 'caller'>,
): Promise<readonly string[]> {
  const runtime = parts.accounts.find((one) => one.account.name === account);
  if (runtime === undefined) {
    return [];
  }
  const { holds } = await parts.ledger.read(runtime.accountKey);
  const isIts = isOfRequest(requestId, caller);
  return [...new Set(holds.flatMap(({ hold }) => (isIts(hold) ? [hold.reportId] : [])))];
}

/** A request's name is its caller's own: another's of the same name is another request. */
function isOfRequest(requestId: string, caller: string): (hold: Hold) => boolean {
  return (hold) =>
    hold.requestId === requestId && hold.holder.kind === 'request' && hold.holder.caller === caller;
}

function concernedHolds({ target }: ResumeRequest, caller: string): (hold: Hold) => boolean {
  const ids = target.kind === 'request' ? null : new Set(target.reportIds);
  const isIts = target.kind === 'reports' ? () => true : isOfRequest(target.requestId, caller);
  return (hold) => (ids?.has(hold.reportId) ?? true) && isIts(hold);
}

/** Nothing that came after the request is touched, however late it is done: it is another's, later word. */
function endedHold(
  hold: Hold,
  request: ResumeRequest,
  { place, atMs }: Arrival,
  end: NonNullable<Hold['ended']>,
): Hold | null {
  if (hold.holder.kind === 'window') {
    const isToDrop = request.includeWindows && hold.state === 'live' && hold.createdMs <= atMs;
    const why = `asked for by ${end.by}: ${request.reason}`;
    return isToDrop ? { ...hold, state: 'dropped', why } : null;
  }
  const isByRequest = request.target.kind !== 'reports';
  return isByRequest && hold.ended === null && hold.place < place ? { ...hold, ended: end } : null;
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
