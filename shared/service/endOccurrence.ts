import type { AccountSnapshot } from '../ledger/snapshot.ts';
import { isOfOccurrence } from '../model/hold.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import type { ReportResult } from '../running/reportResult.ts';
import { utcText } from '../windows/formatInstant.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import {
  actForDoor,
  backAlready,
  type DoorRun,
  failureOf,
  nothingDone,
  notWritten,
  type Obstacle,
} from './actForDoor.ts';
import { doorRun } from './doorRun.ts';
import { holdersTeller } from './holdersTeller.ts';
import type { OccurrenceRequest } from './requests.ts';
import type { Run } from './run.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';

/** Whether MODE lets an occurrence be given another end: what is paused may always go back, and is kept only where we act. */
function forbids({ mode }: ServiceParts, door: 'end' | 'extend'): Obstacle | null {
  const isForbidden = mode === 'off' || (door === 'extend' && mode !== 'act');
  const what = door === 'end' ? 'nothing is resumed' : 'no pause is made longer';
  return isForbidden ? { code: 'mode_forbids', message: `MODE is ${mode}: ${what}` } : null;
}

/**
 * Writes down when an occurrence of a window ends by a person's word. From then on whoever decides takes it so: of the same
 * occurrence the latest request counts, and an edit of the window changes its end no more. Nothing is written where MODE forbids
 * it; the run that follows says so. @throws LedgerError `ledger_conflict` once the request has left.
 */
export async function sayOccurrenceEnd(
  parts: ServiceParts,
  door: 'end' | 'extend',
  request: OccurrenceRequest,
  call: DoorCall,
): Promise<void> {
  const { ledger, clock, accounts } = parts;
  const runtime = accounts.find(({ account }) => account.name === request.account);
  if (runtime === undefined || forbids(parts, door) !== null) {
    return;
  }
  const { accountKey } = runtime;
  const arrival = call.arrival ?? { place: await ledger.order.arrive(accountKey, null), atMs: clock.now() };
  const { window, fromMs, untilMs, reason } = request;
  const end: OccurrenceEnd = {
    ...{ window, fromMs, untilMs, said: door === 'end' ? 'ended' : 'extended' },
    ...{ by: whoAsked(call), why: reason, atMs: arrival.atMs, place: arrival.place },
  };
  await ledger.order.putOccurrenceEnd(accountKey, end, call.arrival !== undefined);
  tellEnd(runtime, end, call);
}

function tellEnd({ account, accountKey }: AccountRuntime, end: OccurrenceEnd, call: DoorCall): void {
  const { window, fromMs, untilMs, by, why } = end;
  const event = end.said === 'ended' ? 'WindowEnded' : 'WindowExtended';
  const [fromUtc, untilUtc] = [utcText(fromMs), utcText(untilMs)];
  const detail = `window ${window}: its occurrence from ${fromUtc} ends at ${untilUtc}, says ${by}: ${why}`;
  const common = { runId: call.runId, correlationId: call.correlationId, account: account.name };
  call.teller.info(JSON.stringify({ event, ...common, window, fromUtc, untilUtc, detail }));
  const { tenantId, surface } = account;
  call.teller.telemetry?.event(event, {
    ...{ ...common, accountKey, tenantId, surface },
    ...{ window, fromUtc, untilUtc, detail },
  });
}

/**
 * Brings back what only an occurrence held that was ended: of these reports, each with its result. Where another window or a
 * request holds one too it is `stillHeld`; what a human paused stays theirs.
 */
export function endHeld(
  parts: ServiceParts,
  request: OccurrenceRequest & { readonly reportIds: readonly string[] },
  call: DoorCall,
): Promise<Run> {
  const frame = startFrame(parts, call);
  const { account, reportIds } = request;
  return doorRun(parts, { door: 'end', account, call, frame }, async (runtime) => {
    const forbidden = forbids(parts, 'end');
    if (forbidden !== null) {
      return nothingDone(reportIds, forbidden);
    }
    const overruled = overruledBy(await parts.ledger.read(runtime.accountKey), request, call);
    if (overruled !== null) {
      return nothingDone(reportIds, overruled);
    }
    const done: DoorRun =
      reportIds.length === 0
        ? { results: [], ran: null, events: [], obstacle: null }
        : await actForDoor(parts, { runtime, reportIds, frame, call });
    const hasActed = done.ran !== null || reportIds.length === 0;
    const failure = hasActed ? await failureOf(() => keepEnd(parts, runtime, frame.runId, request)) : null;
    const tell = holdersTeller(parts, done, { place: Number.POSITIVE_INFINITY, atMs: request.untilMs });
    return {
      ...done,
      results: done.results.filter(isOurs(done)).map((result) => backAlready(bridged(tell(result)))),
      obstacle: done.obstacle ?? (failure === null ? null : notWritten(failure)),
    };
  });
}

/** A report that the window names and the service has never shown is nothing that could come back. */
function isOurs({ ran }: DoorRun): (result: ReportResult) => boolean {
  return ({ reportId, outcome }) =>
    outcome !== 'notFound' || ran === null || ran.snapshot.ownerships.has(reportId);
}

/** Resumed now, it would be paused again within a tick: the window that begins then holds it already. */
function bridged(result: ReportResult): ReportResult {
  return result.code === 'next_hold_begins_soon' ? { ...result, outcome: 'stillHeld' } : result;
}

/** In the history of the window's occurrences it has ended as it was asked for. */
async function keepEnd(
  { ledger, clock }: ServiceParts,
  { accountKey }: AccountRuntime,
  runId: string,
  { window, fromMs, untilMs }: OccurrenceRequest,
): Promise<void> {
  const end = { window, fromMs, which: 'end', dueMs: untilMs, actedMs: clock.now(), lateInMs: 0 } as const;
  await ledger.appendOccurrences(accountKey, [{ ...end, runId }]);
}

/**
 * Moves the ends of the holds of an occurrence that lasts longer; no report is touched. They would be moved by the next look too:
 * but so they last also where the window cannot be read then.
 */
export function extendHeld(parts: ServiceParts, request: OccurrenceRequest, call: DoorCall): Promise<Run> {
  const frame = startFrame(parts, call);
  return doorRun(parts, { door: 'extend', account: request.account, call, frame }, async ({ accountKey }) => {
    const forbidden = forbids(parts, 'extend');
    if (forbidden !== null) {
      return nothingDone([], forbidden);
    }
    const overruled = overruledBy(await parts.ledger.read(accountKey), request, call);
    if (overruled !== null) {
      return nothingDone([], overruled);
    }
    const { untilMs } = request;
    await parts.ledger.changeHolds(accountKey, (hold) =>
      isOfOccurrence(hold, request) && hold.untilMs !== untilMs ? { ...hold, untilMs } : null,
    );
    return { results: [], ran: null, events: [], obstacle: null };
  });
}

/** What somebody asked for later of the same occurrence counts. */
function overruledBy(
  { saidEnds }: AccountSnapshot,
  { window, fromMs }: OccurrenceRequest,
  { arrival }: DoorCall,
): Obstacle | null {
  const later = saidEnds.find(
    ({ end }) => end.window === window && end.fromMs === fromMs && end.place > (arrival?.place ?? end.place),
  );
  return later === undefined
    ? null
    : { code: 'superseded', message: `a later request gave this occurrence another end: ${later.end.by}` };
}
