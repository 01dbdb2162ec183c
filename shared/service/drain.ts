import { isUndone } from '../running/reportResult.ts';
import { actForDoor, type DoorRun, nothingDone } from './actForDoor.ts';
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
export async function drain(parts: ServiceParts, request: DrainRequest, call: DoorCall): Promise<Run> {
  const frame = startFrame(parts, call);
  return doorRun(parts, { door: 'drain', account: request.account, call, frame }, async (runtime) => {
    if (parts.mode === 'off') {
      return nothingDone([], {
        code: 'mode_forbids',
        message: 'MODE is off: nothing is resumed; set it to observe',
      });
    }
    const { accountKey } = runtime;
    await parts.ledger.changeHolds(accountKey, (hold) => {
      if (hold.holder.kind === 'window') {
        return hold.state === 'live' ? { ...hold, state: 'dropped' } : null;
      }
      return hold.ended === null
        ? { ...hold, ended: { by: whoAsked(call), why: request.reason, atMs: frame.startedMs } }
        : null;
    });
    const { holds, ownerships } = await parts.ledger.read(accountKey);
    const reportIds = [...new Set([...holds.map(({ hold }) => hold.reportId), ...ownerships.keys()])];
    let done: DoorRun = await actForDoor(parts, { runtime, reportIds, frame, call });
    while (await isWorthAnotherTry(parts, accountKey, frame.deadlineMs)) {
      await parts.clock.sleep(RETRY_AFTER_MS, parts.shutdown);
      done = await mergeRuns(done, actForDoor(parts, { runtime, reportIds, frame, call }));
    }
    return done;
  });
}

async function isWorthAnotherTry(
  parts: ServiceParts,
  accountKey: string,
  deadlineMs: number,
): Promise<boolean> {
  const { ownerships } = await parts.ledger.read(accountKey);
  const mayReturn = [...ownerships.values()].some(({ kind }) => kind !== 'doubtful');
  return mayReturn && parts.clock.now() + 2 * RETRY_AFTER_MS < deadlineMs;
}

/** Keeps what an earlier try did and takes what a later one did about the rest. */
async function mergeRuns(earlier: DoorRun, later: Promise<DoorRun>): Promise<DoorRun> {
  const next = await later;
  const newer = new Map(next.results.map((result) => [result.reportId, result]));
  const results = earlier.results.map((result) =>
    isUndone(result, 'drain') ? (newer.get(result.reportId) ?? result) : result,
  );
  return { ...next, results };
}
