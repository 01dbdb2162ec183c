import type { ReadWindows } from '../deciding/decide.ts';
import type { Mode } from '../deciding/decideReport.ts';
import type { ReadTiming } from '../deciding/settled.ts';
import type { AccountGate } from '../insights/accountGate.ts';
import type { InsightsClient } from '../insights/insightsClient.ts';
import type { HeldAccount, Ledger } from '../ledger/createLedger.ts';
import type { Account } from '../model/account.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Clock } from '../time/clock.ts';

/** What one run on one account works with. */
export interface RunContext {
  readonly account: Account;
  readonly accountKey: string;
  readonly client: InsightsClient;
  readonly gate: Pick<AccountGate, 'countAnothers'>;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly mode: Mode;
  readonly windows: ReadWindows;
  readonly tickInMs: number;
  readonly timing: ReadTiming;
  /** A report paused for longer is alarmed. */
  readonly maxHoldInMs: number;
  readonly runId: string;
  readonly correlationId: string;
  /** Who set the run off, for the history. */
  readonly who: string;
  /** Where what is told of single holds goes, and the state of the account. */
  readonly telemetry: Telemetry;
  readonly signal: AbortSignal;
  /** Nothing new begins after it; epoch milliseconds. */
  readonly deadlineMs: number;
}

/** A run that holds its account. */
export interface HeldRun extends RunContext {
  readonly held: HeldAccount;
}
