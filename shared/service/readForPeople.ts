import type { AccountRuntime } from './accountRuntime.ts';
import type { SeenOutcome, SeenReports, StoredSeen } from './seenReports.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';

/** Partner Center is asked for people at most once in so long, over all instances; what is younger is given out again. */
export const ASKED_EVERY_MS = 15_000;

/** What is older is not shown while a run keeps the account from being read. */
const SHOWN_FOR_MS = 10 * 60_000;

/** So long somebody waits at most for another's read, or for a run to leave the account. */
const PATIENCE_IN_MS = 25_000;

const LOOK_AGAIN_IN_MS = 250;

/** One list takes no longer. */
const READ_LIMIT_IN_MS = 25_000;

/** Whether what was read before may be shown while a run keeps the account from being read. */
export interface Freshness {
  readonly mayBeOld: boolean;
}

/**
 * The account's reports for somebody who only looks. All who look share one read, through storage: who finds it older
 * than {@link ASKED_EVERY_MS} and is the first to claim the next one asks Partner Center, and only while no call of a run
 * is under way or waiting in this process; all others get what there is, or wait for it.
 * @throws LedgerError
 */
export async function readForPeople(
  parts: ServiceParts,
  runtime: AccountRuntime,
  call: Pick<DoorCall, 'correlationId'>,
  { mayBeOld }: Freshness,
): Promise<SeenReports> {
  const { seenReports, clock, shutdown } = parts;
  const { accountKey } = runtime;
  const giveUpMs = clock.now() + PATIENCE_IN_MS;
  for (;;) {
    const stored = await seenReports.read(accountKey);
    const nowMs = clock.now();
    const seen = stored?.seen ?? null;
    if (seen !== null && isWithin(seen.askedMs, nowMs, ASKED_EVERY_MS)) {
      return seen;
    }
    const isTaken = stored !== null && isWithin(stored.claimedMs, nowMs, ASKED_EVERY_MS);
    if (!isTaken && runtime.gate.isIdle()) {
      const asked = await claimAndAsk(parts, runtime, { stored, nowMs, call });
      if (asked !== null) {
        return asked;
      }
      continue;
    }
    if (mayBeOld && !isTaken && seen?.outcome.ok === true && isWithin(seen.askedMs, nowMs, SHOWN_FOR_MS)) {
      return seen;
    }
    if (nowMs >= giveUpMs) {
      return { askedMs: nowMs, isMfaCompliant: null, outcome: busy };
    }
    await clock.sleep(LOOK_AGAIN_IN_MS, shutdown);
  }
}

const busy: SeenOutcome = {
  ...{ ok: false, code: 'account_busy' },
  message:
    'a run is on this account, and nothing that was read before is young enough to be shown; ask again',
};

/** Null where somebody else was first, or a run wrote what it saw meanwhile. */
async function claimAndAsk(
  { seenReports, clock, shutdown }: ServiceParts,
  runtime: AccountRuntime,
  found: {
    readonly stored: StoredSeen | null;
    readonly nowMs: number;
    readonly call: Pick<DoorCall, 'correlationId'>;
  },
): Promise<SeenReports | null> {
  const { stored, nowMs, call } = found;
  const etag = await seenReports.claim(runtime.accountKey, stored?.etag ?? null, nowMs);
  if (etag === null) {
    return null;
  }
  const askedMs = clock.now();
  const listed = await runtime.clientForPeople.list(
    {},
    { correlationId: call.correlationId, signal: shutdown, deadlineMs: askedMs + READ_LIMIT_IN_MS },
  );
  const answeredMs = clock.now();
  const seen: SeenReports = {
    askedMs,
    isMfaCompliant: listed.ok ? listed.isMfaCompliant : runtime.isMfaCompliant(),
    outcome: listed.ok
      ? {
          ok: true,
          reports: listed.value.map((report) => ({ report, readAtMs: askedMs, isChangedByUs: false })),
          serviceOffsetInMs: (listed.serviceTimeMs ?? answeredMs) - answeredMs,
        }
      : { ok: false, code: listed.failure.code, message: listed.failure.message },
  };
  return (await seenReports.write(runtime.accountKey, { etag, claimedMs: nowMs }, seen)) ? seen : null;
}

/** The clocks of two instances may differ, so that what is said to be ahead counts as well. */
function isWithin(atMs: number, nowMs: number, lengthInMs: number): boolean {
  return Math.abs(nowMs - atMs) < lengthInMs;
}
