import type { ReadWindows } from '../deciding/decide.ts';
import type { Mode } from '../deciding/decideReport.ts';
import type { AccountGate } from '../insights/accountGate.ts';
import type { InsightsClient } from '../insights/insightsClient.ts';
import type { HeldAccount, Ledger } from '../ledger/ledger.ts';
import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { Account } from '../model/account.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { Clock } from '../time/clock.ts';
import type { GiveWay } from '../time/steps.ts';

/** What one run on one account works with. */
export interface RunContext {
  readonly account: Account;
  readonly accountKey: string;
  readonly client: InsightsClient;
  readonly gate: Pick<AccountGate, 'countAnothers' | 'learning'>;
  /** Hears of each request to the service, until the function that it gives is called. */
  readonly onExchange: (listen: () => void) => () => void;
  readonly ledger: Ledger;
  readonly clock: Clock;
  readonly mode: Mode;
  /**
   * The windows as they are in force now, with what people said of their occurrences and left out of them; asked for under the lease, so that nobody
   * decides by older ones. @throws LedgerError
   */
  readonly readWindows: (snapshot: Pick<AccountSnapshot, 'saidEnds' | 'exemptions'>) => Promise<ReadWindows>;
  readonly tickInMs: number;
  /** The time in which each account that holds anything is looked at once: what is told after periods goes by it. */
  readonly periodInMs: number;
  /** When the tick before this one began, epoch milliseconds; null before the first, and where this is no tick. */
  readonly lastTickMs: number | null;
  /** How long a tick waits for its turn; 0 comes again by itself. */
  readonly waitsInMs: number;
  /** A report paused for longer is alarmed. */
  readonly maxHoldInMs: number;
  readonly runId: string;
  readonly correlationId: string;
  /** Who set the run off, for the history. */
  readonly who: string;
  /** Where what is told of single holds goes, and the state of the account. */
  readonly telemetry: Telemetry;
  /** Where there are many reports, others have their turn of the event loop between two parts of the work. */
  readonly giveWay: GiveWay;
  readonly signal: AbortSignal;
  /** Nothing new begins after it; epoch milliseconds. */
  readonly deadlineMs: number;
}

/** A run that holds its account. */
export interface HeldRun extends RunContext {
  readonly held: HeldAccount;
  /** Whether it shall begin nothing more, because a tick waits, or because due work is to be looked for anew. */
  readonly mustGiveWay: () => boolean;
  /** Whether somebody asks for these very reports: then it is kept of each that it was asked for, also where nothing is to do. */
  readonly isAsked: boolean;
}
