import type { Mode } from '../deciding/decideReport.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { Teller } from '../telemetry/teller.ts';
import type { Clock } from '../time/clock.ts';
import type { GiveWay } from '../time/steps.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { Drivers } from './drivers.ts';
import type { RunHistory } from './runHistory.ts';
import type { SeenStore } from './seenReports.ts';
import type { WindowSource } from './windowSource.ts';

/** What every door works with. */
export interface ServiceParts {
  readonly accounts: readonly AccountRuntime[];
  readonly ledger: Ledger;
  readonly seenReports: SeenStore;
  readonly windows: WindowSource;
  readonly mode: Mode;
  readonly clock: Clock;
  /** What long computations call between their slices. */
  readonly giveWay: GiveWay;
  /** The longest time that ever lies between two ticks: what is later than that is late. */
  readonly tickInMs: number;
  /** The time between the ticks around an instant: what begins within it is not left to a later tick. */
  readonly tickInMsAt: (atMs: number) => number;
  /** When the timer fires next after an instant. */
  readonly nextTickMs: (atMs: number) => number;
  readonly maxHoldInMs: number;
  readonly runTimeBudgetInMs: number;
  /** A tick works itself on so many accounts that have something to do; more are left to drivers. */
  readonly maxAccountsInline: number;
  readonly drivers: Drivers;
  readonly runHistory: RunHistory;
  /** Sees to the requests of an account, by its key, that nobody is on. @throws LedgerError */
  readonly goOnWithRequests: (accountKey: string) => Promise<void>;
  /** Drops what is kept no longer, once a day. @throws LedgerError */
  readonly cleanUp: (nowMs: number) => Promise<void>;
  /** Aborted when the process is told to end: waits end at once, and the next tick goes on. */
  readonly shutdown: AbortSignal;
}

/** Where a request stands among all of its account. */
export interface Arrival {
  /** Later places count: see `RequestOrder`. */
  readonly place: number;
  /** When it came first, epoch milliseconds. */
  readonly atMs: number;
}

/** What a door knows of the call it serves. */
export interface DoorCall {
  readonly correlationId: string;
  /** Who calls, as far as the door can tell: what holds and keys go by. */
  readonly caller: string;
  /** What people know the caller by, where there is such a name; it proves nothing. */
  readonly callerName?: string;
  readonly teller: Teller;
  /** Where it stands among the account's requests; missing where the call is not kept, and takes its place as it comes. */
  readonly arrival?: Arrival;
  /** The run that this is a part of; null where it is a run of its own. */
  readonly runId: string | null;
}
