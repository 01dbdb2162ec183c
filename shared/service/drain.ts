import { isUndone } from '../running/reportResult.ts';
import { backAlready, type DoorRun, failureOf, nothingDone, notWritten } from './actForDoor.ts';
import { type DoorLedger, type DoorManner, inEarnest } from './doorHands.ts';
import { doorRun } from './doorRun.ts';
import type { DrainRequest } from './requests.ts';
import type { Run } from './run.ts';
import { startFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { whoAsked } from './whoAsked.ts';

/** How long a drain waits before it tries again what did not come back. */
const RETRY_AFTER_MS = 15_000;

/**
 * Ends every hold of the account and brings back every report that is ours, trying again as long as the run's time
 * lasts; what an operator runs before an uninstall. Windows stay without effect until their occurrences are over, so
 * `MODE=observe` belongs before it.
 */
export async function drain(
  parts: ServiceParts,
  request: DrainRequest,
  call: DoorCall,
  manner: DoorManner = inEarnest,
): Promise<Run> {
  const frame = startFrame(parts, call);
  const { account, reason: why } = request;
  const door = { door: 'drain', account, call, frame, why, isDry: manner.isDry } as const;
  return doorRun(parts, door, async (runtime) => {
    if (parts.mode === 'off') {
      return nothingDone([], {
        code: 'mode_forbids',
        message: 'MODE is off: nothing is resumed; set it to observe',
      });
    }
    const { accountKey } = runtime;
    const { ledger, act, mayTryAgain } = await manner.takeHands(parts, runtime, { frame, call });
    const place = await ledger.order.arrive(accountKey, null);
    const end = { by: whoAsked(call), why: request.reason, atMs: frame.startedMs };
    await ledger.order.endHolds(accountKey, [
      { reportId: null, caller: null, requestId: null, place, ...end },
    ]);
    const why = `drained by ${whoAsked(call)}: ${request.reason}`;
    await ledger.changeHolds(accountKey, (hold) =>
      hold.holder.kind === 'window' && hold.state === 'live' ? { ...hold, state: 'dropped', why } : null,
    );
    const { holds, ownerships } = await ledger.read(accountKey);
    const reportIds = [...new Set([...holds.map(({ hold }) => hold.reportId), ...ownerships.keys()])];
    let done: DoorRun = await act(reportIds);
    const timeLeft = () => frame.deadlineMs - parts.clock.now();
    const tryAgain = async () => {
      while (mayTryAgain && (await isWorthAnotherTry(ledger, accountKey, timeLeft))) {
        await parts.clock.sleep(RETRY_AFTER_MS, parts.shutdown);
        done = mergeRuns(done, await act(reportIds));
      }
    };
    const failure = await failureOf(tryAgain);
    const obstacle = done.obstacle ?? (failure === null ? null : notWritten(failure));
    return { ...done, obstacle, results: done.results.map(backAlready) };
  });
}

async function isWorthAnotherTry(
  ledger: DoorLedger,
  accountKey: string,
  timeLeftInMs: () => number,
): Promise<boolean> {
  const { ownerships } = await ledger.read(accountKey);
  const mayReturn = [...ownerships.values()].some(
    ({ kind }) => kind === 'paused' || kind === 'pausing' || kind === 'resuming',
  );
  return mayReturn && 2 * RETRY_AFTER_MS < timeLeftInMs();
}

/** What an earlier try did, and how the report stands after the later one; the events of both. */
function mergeRuns(earlier: DoorRun, later: DoorRun): DoorRun {
  const before = new Map(earlier.results.map((result) => [result.reportId, result]));
  const results = later.results.map(backAlready).map((result) => {
    const known = before.get(result.reportId);
    // What was brought back, and is seen so, is not only active already; what could not be looked at is as it was.
    const stands = known !== undefined && (result.after === null || result.outcome === 'alreadyActive');
    return stands && !isUndone(known, 'drain') ? known : result;
  });
  return { ...later, results, events: [...earlier.events, ...later.events] };
}
