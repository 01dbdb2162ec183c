import { createHash } from 'node:crypto';
import type { Hold } from '../model/hold.ts';
import { actForDoor, type DoorRun, nothingDone } from './actForDoor.ts';
import { doorRun } from './doorRun.ts';
import type { PauseRequest } from './requests.ts';
import type { Run } from './run.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';

/** What a request gets no hold for in the end: there is nothing to hold. */
const NOTHING_TO_HOLD = new Set(['not_found', 'inactive', 'exhausted', 'gone']);

/**
 * Writes a hold per report, and does nothing else: what the holds of a long request are to begin with, so that a
 * resume which comes while it works ends them all. A repeat of the same request replaces its holds. Where no pause
 * may be started, or the account is not known, none is written; the pause itself then says so.
 * @throws LedgerError
 */
export async function holdReports(parts: ServiceParts, request: PauseRequest, call: DoorCall): Promise<void> {
  const runtime = parts.accounts.find(({ account }) => account.name === request.account);
  if (parts.mode === 'act' && runtime !== undefined) {
    await parts.ledger.putHolds(runtime.accountKey, holdsOf(request, call, parts.clock.now()));
  }
}

/** Pauses what the holds of `holdReports` ask for, as far as nobody has ended them. */
export function pauseHeld(parts: ServiceParts, request: PauseRequest, call: DoorCall): Promise<Run> {
  return pauseBy(parts, request, call, async () => {});
}

/** Both at once: a hold per report, and what is active now is paused. */
export function pauseReports(parts: ServiceParts, request: PauseRequest, call: DoorCall): Promise<Run> {
  return pauseBy(parts, request, call, () => holdReports(parts, request, call));
}

function pauseBy(
  parts: ServiceParts,
  request: PauseRequest,
  call: DoorCall,
  writeHolds: () => Promise<void>,
): Promise<Run> {
  const frame = startFrame(parts, call);
  return doorRun(parts, { door: 'pause', account: request.account, call, frame }, async (runtime) => {
    if (parts.mode !== 'act') {
      return nothingDone(request.reportIds, {
        code: 'mode_forbids',
        message: `MODE is ${parts.mode}: no pause is started`,
      });
    }
    await writeHolds();
    const done = await actForDoor(parts, { runtime, reportIds: request.reportIds, frame, call });
    const holdId = request.holdId ?? requestHoldId(call.caller, request);
    await dropPointless(parts, runtime.accountKey, holdId, done);
    return done;
  });
}

/** The id that a request's holds have: the same caller and request give the same one, so that a repeat replaces. */
export function requestHoldId(caller: string, request: PauseRequest): string {
  const { requestId, reportIds, account, reason } = request;
  const key =
    requestId === null ? [caller, account, reason, ...[...reportIds].sort()] : [caller, account, requestId];
  return `request.${createHash('sha256').update(JSON.stringify(key)).digest('hex').slice(0, 32)}`;
}

function holdsOf(request: PauseRequest, call: DoorCall, nowMs: number): readonly Hold[] {
  const { caller } = call;
  const holdId = request.holdId ?? requestHoldId(caller, request);
  return request.reportIds.map((reportId) => ({
    ...{
      holdId,
      reportId,
      holder: { kind: 'request', caller },
      state: 'live',
      who: whoAsked(call),
      why: request.reason,
    },
    ...{ fromMs: nowMs, untilMs: request.untilMs, onManualResume: 'respect', requestId: request.requestId },
    ...{ createdMs: nowMs, ended: null },
  }));
}

async function dropPointless(parts: ServiceParts, accountKey: string, holdId: string, done: DoorRun) {
  const pointless = new Set(
    done.results.filter(({ code }) => NOTHING_TO_HOLD.has(code)).map(({ reportId }) => reportId),
  );
  if (pointless.size === 0) {
    return;
  }
  const { holds: stored } = await parts.ledger.read(accountKey);
  await parts.ledger.dropHolds(
    accountKey,
    stored.filter(({ hold }) => hold.holdId === holdId && pointless.has(hold.reportId)),
  );
}
