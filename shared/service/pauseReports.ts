import { createHash } from 'node:crypto';
import { laterEnd } from '../ledger/snapshot.ts';
import type { Hold } from '../model/hold.ts';
import type { ReportSelector } from '../model/reportSelector.ts';
import type { ReportResult } from '../running/reportResult.ts';
import { classOf } from '../running/reportResult.ts';
import { inSteps, runInSlices } from '../time/steps.ts';
import { type DoorRun, failureOf, nothingDone, notWritten } from './actForDoor.ts';
import { type DoorLedger, type DoorManner, inEarnest } from './doorHands.ts';
import { doorRun } from './doorRun.ts';
import type { PauseRequest } from './requests.ts';
import type { Run } from './run.ts';
import { startFrame } from './runContextOf.ts';
import type { Arrival, DoorCall, ServiceParts } from './serviceParts.ts';
import { shownEnd } from './shownEnd.ts';
import { whoAsked } from './whoAsked.ts';

/**
 * Writes a hold per report, and does nothing else: what the holds of a long request are to begin with. Where no pause
 * may be started, or the account is not known, none is written; the pause itself then says so.
 * @throws LedgerError
 */
export async function holdReports(parts: ServiceParts, request: PauseRequest, call: DoorCall): Promise<void> {
  const runtime = parts.accounts.find(({ account }) => account.name === request.account);
  if (parts.mode === 'act' && runtime !== undefined) {
    await writeHolds(parts.ledger, runtime.accountKey, { request, call, nowMs: parts.clock.now() });
  }
}

async function writeHolds(
  ledger: DoorLedger,
  accountKey: string,
  {
    request,
    call,
    nowMs,
  }: { readonly request: PauseRequest; readonly call: DoorCall; readonly nowMs: number },
): Promise<Arrival> {
  const arrival = call.arrival ?? { place: await ledger.order.arrive(accountKey, null), atMs: nowMs };
  const { place } = arrival;
  const isKeptOpen = call.arrival !== undefined;
  await ledger.order.putHolds(accountKey, { place, isKeptOpen }, holdsOf(request, call, arrival));
  return arrival;
}

/** Pauses what the holds of `holdReports` ask for, as far as nobody has ended them. */
export function pauseHeld(parts: ServiceParts, request: PauseRequest, call: DoorCall): Promise<Run> {
  return pauseBy(parts, { request, call, manner: inEarnest }, async () => call.arrival ?? null);
}

/** Both at once: a hold per report, and what is active now is paused. */
export function pauseReports(
  parts: ServiceParts,
  request: PauseRequest,
  call: DoorCall,
  manner: DoorManner = inEarnest,
): Promise<Run> {
  return pauseBy(parts, { request, call, manner }, (ledger, accountKey) =>
    writeHolds(ledger, accountKey, { request, call, nowMs: parts.clock.now() }),
  );
}

async function pauseBy(
  parts: ServiceParts,
  {
    request,
    call,
    manner,
  }: { readonly request: PauseRequest; readonly call: DoorCall; readonly manner: DoorManner },
  arrive: (ledger: DoorLedger, accountKey: string) => Promise<Arrival | null>,
): Promise<Run> {
  const frame = startFrame(parts, call);
  const { account, reason: why } = request;
  const door = { door: 'pause', account, call, frame, why, isDry: manner.isDry } as const;
  const run = await doorRun(parts, door, async (runtime) => {
    if (parts.mode !== 'act') {
      return nothingDone(request.reportIds, {
        code: 'mode_forbids',
        message: `MODE is ${parts.mode}: no pause is started`,
      });
    }
    const { ledger, act } = await manner.takeHands(parts, runtime, { frame, call });
    const arrival = await arrive(ledger, runtime.accountKey);
    const done = await act(request.reportIds);
    const holdId = request.holdId ?? ownHoldId(call.caller, request);
    const mine = { holdId, place: arrival?.place ?? 0 };
    const failure = await failureOf(() => dropPointless(ledger, runtime.accountKey, mine, done));
    const results: ReportResult[] = [];
    const tell =
      arrival === null
        ? (result: ReportResult) => result
        : overruledSince(arrival, { caller: call.caller, requestId: request.requestId }, done);
    await runInSlices(
      inSteps(done.results, (result) => results.push(tell(result))),
      parts.giveWay,
    );
    return { ...done, results, obstacle: done.obstacle ?? (failure === null ? null : notWritten(failure)) };
  });
  return { ...run, ...shownEnd(request) };
}

/** What somebody asked for later counts: a pause that was overruled before it was done says so. */
function overruledSince(
  { place }: Arrival,
  { caller, requestId }: { readonly caller: string; readonly requestId: string | null },
  { ran }: DoorRun,
): (result: ReportResult) => ReportResult {
  return (result) => {
    const holder = { kind: 'request', caller } as const;
    const asked = { reportId: result.reportId, place, requestId, holder };
    const end = ran === null ? null : laterEnd(asked, ran.snapshot.ends);
    return end === null || result.after === 'Paused'
      ? result
      : {
          ...result,
          outcome: 'skipped',
          code: 'superseded',
          message: `a later request ended this one's hold before its turn came: ${end.by}`,
        };
  };
}

/**
 * The id that a request's holds have: only the same wish of the same caller gives the same one, so that a repeat
 * replaces, and another end or another reason is another hold. `end` is the end in the caller's own words, `reports` what
 * names the reports: their ids, or what they match, so that a repeat replaces also where more of them match by then.
 */
export function requestHoldId(
  caller: string,
  request: Pick<PauseRequest, 'requestId' | 'account' | 'reason'>,
  { end, reports }: { readonly end: string; readonly reports: ReportSelector },
): string {
  const { requestId, account, reason } = request;
  const named = reports.kind === 'ids' ? [...reports.reportIds].sort() : [JSON.stringify(reports)];
  const key = [caller, account, requestId, reason, end, ...named];
  return `request.${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32)}`;
}

function ownHoldId(caller: string, request: PauseRequest): string {
  const { reportIds, untilMs } = request;
  return requestHoldId(caller, request, { end: String(untilMs), reports: { kind: 'ids', reportIds } });
}

function holdsOf(request: PauseRequest, call: DoorCall, { place, atMs }: Arrival): readonly Hold[] {
  const { caller } = call;
  const holdId = request.holdId ?? ownHoldId(caller, request);
  return request.reportIds.map((reportId) => ({
    ...{
      holdId,
      reportId,
      holder: { kind: 'request', caller },
      state: 'live',
      who: whoAsked(call),
      why: request.reason,
    },
    ...{ fromMs: atMs, untilMs: request.untilMs, onManualResume: 'respect', requestId: request.requestId },
    ...{ createdMs: atMs, place, ended: null },
  }));
}

async function dropPointless(
  ledger: DoorLedger,
  accountKey: string,
  mine: Pick<Hold, 'holdId' | 'place'>,
  done: DoorRun,
): Promise<void> {
  const pointless = new Set(
    done.results.filter(({ code }) => classOf(code).endsHold !== undefined).map(({ reportId }) => reportId),
  );
  if (pointless.size === 0) {
    return;
  }
  const { holds: stored } = await ledger.read(accountKey);
  const isMine = ({ holdId, place, reportId }: Hold) =>
    holdId === mine.holdId && place <= mine.place && pointless.has(reportId);
  await ledger.dropHolds(
    accountKey,
    stored.filter(({ hold }) => isMine(hold)),
  );
}
