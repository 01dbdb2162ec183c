import type { Mode } from '../deciding/decideReport.ts';
import type { ReadTiming } from '../deciding/settled.ts';
import type { Ledger } from '../ledger/createLedger.ts';
import type { Clock } from '../time/clock.ts';
import type { AccountRuntime } from './accountRuntime.ts';
import type { Drivers } from './drivers.ts';
import type { Teller } from './teller.ts';
import type { WindowSource } from './windowSource.ts';

/** What every door works with. */
export interface ServiceParts {
  readonly accounts: readonly AccountRuntime[];
  readonly ledger: Ledger;
  readonly windows: WindowSource;
  readonly mode: Mode;
  readonly clock: Clock;
  readonly tickInMs: number;
  readonly timing: ReadTiming;
  readonly maxHoldInMs: number;
  readonly runTimeBudgetInMs: number;
  /** A tick works itself on so many accounts that have something to do; more are left to drivers. */
  readonly maxAccountsInline: number;
  readonly drivers: Drivers;
  /** Drops what is kept no longer, once a day. @throws LedgerError */
  readonly cleanUp: (nowMs: number) => Promise<void>;
  /** Aborted when the process is told to end: waits end at once, and the next tick goes on. */
  readonly shutdown: AbortSignal;
}

/** What a door knows of the call it serves. */
export interface DoorCall {
  readonly correlationId: string;
  /** Who calls, as far as the door can tell: what holds and keys go by. */
  readonly caller: string;
  /** What people know the caller by, where there is such a name; it proves nothing. */
  readonly callerName?: string;
  readonly teller: Teller;
  /** The run that this is a part of; null where it is a run of its own. */
  readonly runId: string | null;
}
