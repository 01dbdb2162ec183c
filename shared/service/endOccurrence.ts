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
 * request holds one too it is `stillHeld`; what a human paused stays theirs. With the last of them also what a run was just
 * taking in when the word came: it had read the ledger before, and holds more since.
 */
export function endHeld(
  parts: ServiceParts,
  request: OccurrenceRequest & { readonly reportIds: readonly string[]; readonly isLast: boolean },
  call: DoorCall,
): Promise<Run> {
  const frame = startFrame(parts, call);
  const { account, reportIds, isLast } = request;
  return doorRun(parts, { door: 'end', account, call, frame, why: request.reason }, async (runtime) => {
    const forbidden = forbids(parts, 'end');
    if (forbidden !== null) {
      return nothingDone(reportIds, forbidden);
    }
    const overruled = overruledBy(await parts.ledger.read(runtime.accountKey), request, call);
    if (overruled !== null) {
      return nothingDone(reportIds, overruled);
    }
    const first = await actForDoor(parts, { runtime, reportIds, frame, call });
    // A run that has the account may hold more by now; while it does, nobody can tell.
    const isOver = isLast && first.obstacle?.code !== 'account_busy';
    const taken = isOver ? await takenInMeanwhile(parts, runtime, request) : [];
    const more =
      taken.length === 0 ? null : await actForDoor(parts, { runtime, reportIds: taken, frame, call });
    const failure =
      (more ?? first).ran === null
        ? null
        : await failureOf(() => keepEnd(parts, runtime, frame.runId, request));
    const results = [first, ...(more === null ? [] : [more])].flatMap((done) => toldOf(parts, done, request));
    const obstacle = more?.obstacle ?? (isNothingToDo(first, reportIds) ? null : first.obstacle);
    return {
      ...(more ?? first),
      events: [...first.events, ...(more?.events ?? [])],
      results,
      obstacle: obstacle ?? (failure === null ? null : notWritten(failure)),
    };
  });
}

/** Where nothing is to come back it does not matter that the reports could not be read. */
function isNothingToDo({ obstacle }: DoorRun, reportIds: readonly string[]): boolean {
  return reportIds.length === 0 && obstacle?.code !== 'account_busy' && !isOfLedger(obstacle);
}

function isOfLedger(obstacle: Obstacle | null): boolean {
  return obstacle?.code === 'ledger_unavailable' || obstacle?.code === 'ledger_unreadable';
}

/** A look reads the ledger at most so long before it writes what it holds. */
const TAKEN_IN_WITHIN_MS = 120_000;

async function takenInMeanwhile(
  { ledger }: ServiceParts,
  { accountKey }: AccountRuntime,
  request: OccurrenceRequest & { readonly reportIds: readonly string[] },
): Promise<readonly string[]> {
  const { holds } = await ledger.read(accountKey);
  const asked = new Set(request.reportIds);
  return holds.flatMap(({ hold }) => {
    const isNew = hold.createdMs > request.untilMs - TAKEN_IN_WITHIN_MS && !asked.has(hold.reportId);
    return isNew && isOfOccurrence(hold, request) ? [hold.reportId] : [];
  });
}

function toldOf(parts: ServiceParts, done: DoorRun, { untilMs }: OccurrenceRequest): readonly ReportResult[] {
  const tell = holdersTeller(parts, done, { place: Number.POSITIVE_INFINITY, atMs: untilMs });
  return done.results.filter(isOurs(done)).map((result) => backAlready(bridged(tell(result))));
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
  return doorRun(
    parts,
    { door: 'extend', account: request.account, call, frame, why: request.reason },
    async ({ accountKey }) => {
      const forbidden = forbids(parts, 'extend');
      if (forbidden !== null) {
        return nothingDone([], forbidden);
      }
      const overruled = overruledBy(await parts.ledger.read(accountKey), request, call);
      if (overruled !== null) {
        return nothingDone([], overruled);
      }
      const { untilMs, reason } = request;
      const why = `maintenance window, extended by ${whoAsked(call)}: ${reason}`;
      await parts.ledger.changeHolds(accountKey, (hold) =>
        isOfOccurrence(hold, request) && hold.untilMs !== untilMs ? { ...hold, untilMs, why } : null,
      );
      return { results: [], ran: null, events: [], obstacle: null };
    },
  );
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
