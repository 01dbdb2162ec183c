import type { Hold } from '../model/hold.ts';
import { classOf } from '../running/reportResult.ts';
import { actForDoor } from '../service/actForDoor.ts';
import { doorRun } from '../service/doorRun.ts';
import { startFrame } from '../service/runContextOf.ts';
import type { DoorCall, ServiceParts } from '../service/serviceParts.ts';

/** With less time than this left, acting is left to the next tick. */
const LEAST_IN_MS = 1_500;

/** The run's own end is so much before the answer's. */
const MARGIN_IN_MS = 1_000;

/**
 * Pauses and resumes these reports now, as far as the time goes; their holds are written already, so the next tick does
 * the rest. True where all of it is done.
 */
export async function actOnHolds(
  parts: ServiceParts,
  work: {
    readonly account: string;
    readonly reportIds: readonly string[];
    /** Holds that were just written and are live. */
    readonly held: readonly Hold[];
    readonly call: DoorCall;
    readonly untilMs: number;
  },
): Promise<boolean> {
  const { account, reportIds, held, call, untilMs } = work;
  if (reportIds.length === 0) return true;
  // While it is off nothing is asked or sent; what is written is due when it is on again.
  if (parts.mode === 'off') return false;
  const leftInMs = untilMs - parts.clock.now();
  if (leftInMs < LEAST_IN_MS) return false;
  const frame = { ...startFrame(parts, call), deadlineMs: untilMs - MARGIN_IN_MS };
  const running = doorRun(
    parts,
    { door: 'webhook', account, call, frame, why: held[0]?.why ?? '' },
    async (runtime) => {
      const done = await actForDoor(parts, { runtime, reportIds, frame, call });
      const pointless = new Set(
        done.results
          .filter(({ code }) => classOf(code).endsHold !== undefined)
          .map(({ reportId }) => reportId),
      );
      await dropPointless(
        parts,
        runtime.accountKey,
        held.filter(({ reportId }) => pointless.has(reportId)),
      );
      return done;
    },
  );
  const answered = new AbortController();
  const late = parts.clock.sleep(leftInMs, answered.signal).then(
    () => false,
    () => false,
  );
  try {
    // What loses the race goes on by itself, and must not end the process where it fails.
    running.catch(() => undefined);
    return await Promise.race([running.then(({ status }) => status === 'ok'), late]);
  } finally {
    answered.abort(new Error('answered'));
  }
}

async function dropPointless(
  parts: ServiceParts,
  accountKey: string,
  pointless: readonly Hold[],
): Promise<void> {
  if (pointless.length === 0) return;
  const keys = new Set(pointless.map(({ reportId, holdId }) => `${reportId} ${holdId}`));
  const { holds } = await parts.ledger.read(accountKey);
  await parts.ledger.dropHolds(
    accountKey,
    holds.filter(({ hold }) => keys.has(`${hold.reportId} ${hold.holdId}`)),
  );
}
