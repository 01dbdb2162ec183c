import type { Hold } from '../model/hold.ts';
import type { OccurrenceEnd } from '../model/occurrenceEnd.ts';
import type { OccurrenceTally } from '../model/occurrenceTally.ts';
import type { Ownership } from '../model/ownership.ts';
import type { WindowsRecord } from '../model/windowsRecord.ts';
import type { Heartbeat } from './appRows.ts';
import type { AskedHolds, HoldCount } from './countHolds.ts';
import type { ExemptionRows } from './exemptionRows.ts';
import type { FencedWriter } from './fencedWriter.ts';
import type { EntriesAsked, HistoryEntry } from './history.ts';
import type { TickWaits } from './lease.ts';
import type { AccountFacts, HoldsEnd, PersonsStatement } from './ledgerRows.ts';
import type {
  KeptOccurrences,
  MissedOccurrence,
  OccurrenceEntry,
  OccurrencesAsked,
} from './occurrenceHistory.ts';
import type { RequestOrder } from './requestOrder.ts';
import type { AccountSnapshot, StoredExemption, StoredOccurrenceEnd } from './snapshot.ts';
import type { LedgerSurvey } from './survey.ts';

/** The right to act on one account, and the pen that goes with it. */
export interface HeldAccount {
  readonly writer: FencedWriter;
  /** Whether another process held the account last. */
  readonly wasAnothers: boolean;
  /** A tick has looked at the whole account, and acts: none waits any more. @throws LedgerError */
  reached(): Promise<void>;
  /** Gives the account back; what was written stays. Where the storage does not take that, the lease ends by itself. */
  release(): Promise<void>;
}

/** The durable record of holds and of which pauses are ours. Every failure is a {@link LedgerError}. */
export interface Ledger {
  /** Which accounts have something to do. Every account of the settings should be named, so that a large ledger is read in parts. */
  survey(accountKeys: readonly string[]): Promise<LedgerSurvey>;
  /** Every hold of every account. */
  allHolds(): Promise<readonly Hold[]>;
  /** What people said of single occurrences, of every account; named as for `survey`. */
  allSaidEnds(accountKeys: readonly string[]): Promise<readonly OccurrenceEnd[]>;
  /** Deletes what people said of occurrences that are over, each only if it is still as it was read. */
  dropSaidEnds(accountKey: string, ends: readonly StoredOccurrenceEnd[]): Promise<void>;
  /** What people left out of windows. */
  readonly exemptions: ExemptionRows;
  /** Deletes exemptions that are over, each only if it is still as it was read. */
  dropExemptions(accountKey: string, exemptions: readonly StoredExemption[]): Promise<void>;
  read(accountKey: string): Promise<AccountSnapshot>;
  /** What is kept of the account beside its reports, alone. */
  facts(accountKey: string): Promise<AccountFacts>;
  /** Takes the account's lease, or null where somebody else acts on it, or a tick waits to. */
  hold(accountKey: string): Promise<HeldAccount | null>;
  /** The same for a tick, to which requests give way. */
  holdForTick(accountKey: string): Promise<HeldAccount | null>;
  /** Whether a run of this very process acts on the account: then what it calls goes through the same ceiling. */
  isHeldHere(accountKey: string): Promise<boolean>;
  /** Says that a tick waits for the account, and will for so long; since when ticks do. */
  sayWaits(accountKey: string, forInMs: number): Promise<TickWaits>;
  /** Whether a tick waits for the account now: whoever holds it begins nothing more. */
  isWaitedFor(accountKey: string): Promise<boolean>;
  /** How requests write holds and end them. */
  readonly order: RequestOrder;
  /** How many holds there are beside those of one request, for its quotas. */
  countHolds(accountKey: string, asked: AskedHolds): Promise<HoldCount>;
  /** How many reports of the account are, or may be, paused by us now. */
  countOurs(accountKey: string): Promise<number>;
  /** Changes stored holds under their ETags, re-reading on a conflict; `change` returns null to leave one alone. */
  changeHolds(accountKey: string, change: (hold: Hold) => Hold | null): Promise<readonly Hold[]>;
  /** Deletes what ended holds, each only if it is still as it was read. */
  dropEnds(
    accountKey: string,
    ends: readonly { readonly end: HoldsEnd; readonly etag: string }[],
  ): Promise<void>;
  /** Deletes holds that are over, each only if it is still as it was read. */
  dropHolds(
    accountKey: string,
    holds: readonly { readonly hold: Hold; readonly etag: string }[],
  ): Promise<void>;
  putStatements(accountKey: string, statements: readonly PersonsStatement[]): Promise<void>;
  /** What is known of one report alone; null where nothing is. */
  ownership(accountKey: string, reportId: string): Promise<Ownership | null>;
  append(accountKey: string, entries: readonly HistoryEntry[]): Promise<void>;
  /** What was done to one report, newest first. */
  history(accountKey: string, reportId: string, asked: EntriesAsked): Promise<readonly HistoryEntry[]>;
  /** Keeps when begins and ends of windows were acted on. */
  appendOccurrences(accountKey: string, entries: readonly OccurrenceEntry[]): Promise<void>;
  /** Keeps what became of the reports of occurrences. */
  appendTallies(accountKey: string, tallies: readonly OccurrenceTally[]): Promise<void>;
  /** Keeps occurrences that passed without a tick. */
  appendMissed(accountKey: string, missed: readonly MissedOccurrence[]): Promise<void>;
  /** What is kept of occurrences, the newest first. */
  occurrences(accountKey: string, asked: OccurrencesAsked): Promise<KeptOccurrences>;
  /** What became so far of the reports of occurrences of which anything can still change. */
  tallies(accountKey: string): Promise<readonly OccurrenceTally[]>;
  prune(accountKey: string, limit: number): Promise<number>;
  beat(heartbeat: Heartbeat): Promise<void>;
  /** Which version of the windows' blob is in force. */
  windowsRecord(): Promise<WindowsRecord>;
  putWindowsRecord(record: WindowsRecord): Promise<void>;
}
