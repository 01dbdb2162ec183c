import type { Report } from '../model/report.ts';

/** A report as it was last seen, and when that was, epoch milliseconds. */
export interface SeenReport {
  readonly report: Report;
  readonly readAtMs: number;
  /** Whether its status is what a run of ours made of it since it was listed; its other fields are from before. */
  readonly isChangedByUs: boolean;
}

/** What a read of an account's reports came to. */
export type SeenOutcome =
  | {
      readonly ok: true;
      readonly reports: readonly SeenReport[];
      /** The service's clock minus ours, at the least. */
      readonly serviceOffsetInMs: number;
    }
  | { readonly ok: false; readonly code: string; readonly message: string };

/** The reports of an account as somebody read them, shared by all instances. */
export interface SeenReports {
  /** When Partner Center was asked, epoch milliseconds: the age of all that did not change by us since. */
  readonly askedMs: number;
  /** What Partner Center said of the token's multi-factor authentication; null where it did not say. */
  readonly isMfaCompliant: boolean | null;
  readonly outcome: SeenOutcome;
}

/** What is stored of an account; each write gives it another `etag`. */
export interface StoredSeen {
  readonly etag: string;
  /** When somebody last took it upon himself to ask Partner Center, epoch milliseconds. */
  readonly claimedMs: number;
  /** Null where nobody who did has written yet what came of it. */
  readonly seen: SeenReports | null;
}

/** Where it is stored. Every failure is a `LedgerError`; a write under an older `etag` changes nothing. */
export interface SeenStore {
  read(accountKey: string): Promise<StoredSeen | null>;
  /** Notes that somebody asks now; the new etag, or null where somebody was before. `etag` null: nothing is stored yet. */
  claim(accountKey: string, etag: string | null, claimedMs: number): Promise<string | null>;
  /** False where somebody wrote since. */
  write(
    accountKey: string,
    under: Pick<StoredSeen, 'etag' | 'claimedMs'> | null,
    seen: SeenReports,
  ): Promise<boolean>;
}
