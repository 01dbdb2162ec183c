import type { Net } from './net.ts';
import type { Report } from './report.ts';

/** What a read by id showed of a report, as far as it tells whether somebody touched it. */
export interface Evidence {
  /** `modifiedTime` as an instant, epoch milliseconds; null where there was none that can be read: no evidence. */
  readonly modifiedMs: number | null;
  /** The fields that a person can edit, as `contentsOf` writes them; empty where they are not known. */
  readonly contents: string;
}

/** What came back of an attempt; `unknown` where the process that sent it never wrote it down. */
export type AttemptAnswer = 'unknown' | 'accepted' | 'unclear' | 'refused';

/** One PUT of ours. Instants are epoch milliseconds on the clock of the process that sent it. */
export interface Attempt {
  /** What the report was to become. */
  readonly towards: 'Paused' | 'Active';
  readonly sentMs: number;
  /** When its answer, or the end of our patience, came; null where nobody wrote it down. */
  readonly endedMs: number | null;
  /** When the attempt was over at the latest, whatever happened. */
  readonly limitMs: number;
  readonly answer: AttemptAnswer;
  /** The service's clock (`Date`) minus ours. */
  readonly serviceOffsetInMs: number;
}

/** A look that shows something else than what we left, and stands until a second look or until it is outvoted. */
export interface OddLook {
  readonly status: 'Active' | 'Inactive' | 'notFound';
  /** When it was seen first, and last, epoch milliseconds. */
  readonly firstMs: number;
  readonly lastMs: number;
}

/** Facts that every state of ownership keeps. */
interface Common {
  readonly reportId: string;
  /** The name last seen, for people. */
  readonly reportName: string;
  /** The query last seen: a new Active report of this name and query is a re-created twin. */
  readonly queryId: string;
  /** Since when it is in this state; of `paused`, when the pause was read. */
  readonly sinceMs: number;
  /** Our PUTs of either direction since we first meant to pause it, oldest first. */
  readonly attempts: readonly Attempt[];
  readonly odd: OddLook | null;
  /** The last look by id, epoch milliseconds. */
  readonly lookedMs: number;
  /** What the list showed at the last look by id: while it shows the same, it hints at nothing. */
  readonly listed: string;
  readonly chain: EvidenceChain;
  readonly net: Net;
  /** What was done to it since we first meant to pause it, oldest first; it goes to the history with the row. */
  readonly trail: readonly TrailEntry[];
}

/** What people are shown as proof of whose pause it is; epoch milliseconds, null where it did not happen since. */
export interface EvidenceChain {
  /** The read by id that showed it Active right before our last pause: the first link, which no later look takes away. */
  readonly readBeforeMs: number | null;
  /** The last read by id that showed it Active, before our pause or after it. */
  readonly readActiveMs: number | null;
  readonly pauseSentMs: number | null;
  readonly pauseAnsweredMs: number | null;
  readonly readPausedMs: number | null;
  readonly resumeSentMs: number | null;
  readonly readResumedMs: number | null;
  /** A person's word that settled a doubtful pause as ours: who said it, and why. */
  readonly takenOver: { readonly atMs: number; readonly said: string } | null;
}

/** One thing that was done to a report, with the run that did it. */
export interface TrailEntry {
  readonly atMs: number;
  readonly what: string;
  readonly who: string;
  readonly why: string;
  readonly runId: string;
  readonly observed: string | null;
  readonly requestId: string | null;
}

/**
 * What the ledger knows of one report that we paused, or may have paused.
 * - `pausing`: the intent is written; no read by id has shown its outcome.
 * - `paused`: the pause was read by id, and it is ours.
 * - `resuming`: as `pausing`, for the way back.
 * - `resumed`: our resume was read; two more looks end our care.
 * - `doubtful`: the evidence contradicts itself; never resumed by itself, alarmed until a person settles it.
 * - `ended`: nothing of ours is known to stand, and the net still watches.
 */
export type Ownership = Common &
  (
    | { readonly kind: 'pausing'; readonly before: Evidence; readonly refuted: number }
    | { readonly kind: 'paused'; readonly kept: Evidence; readonly owed: string | null }
    | { readonly kind: 'resuming'; readonly kept: Evidence }
    | { readonly kind: 'resumed'; readonly kept: Evidence }
    | { readonly kind: 'doubtful'; readonly because: string }
    | {
        readonly kind: 'ended';
        readonly because: EndedBecause;
        readonly kept: Evidence;
        readonly refuted: number;
      }
  );

/** Why nothing of ours is known to stand. */
export type EndedBecause = 'not_effective' | 'resumed' | 'resumed_by_person' | 'exhausted' | 'gone';

/** What an account's API was seen to do; kept in the ledger, shown to people, reset by a command. */
export interface LearnedFacts {
  /** Whether our confirmed changes moved `modifiedTime`; `both` where some did and some did not: then it proves nothing. */
  readonly changesMoveTime: 'yes' | 'no' | 'both' | 'unknown';
  /** The clock of `modifiedTime` minus that of `Date`, as a range, milliseconds; null until it was seen. */
  readonly timeOffset: { readonly minInMs: number; readonly maxInMs: number } | null;
  /** Whether `modifiedTime` of reports that are not ours was seen to move by itself: then times are no evidence. */
  readonly timesMoveByThemselves: boolean;
  /** Whether a pause of ours was ever read Paused on this account: until then one report is paused at a time. */
  readonly pauseWasRead: boolean;
  /** How old lists were seen to be at most, decaying, milliseconds. */
  readonly listLagInMs: number;
}

/** What nobody has learned anything about yet. */
export const nothingLearned: LearnedFacts = {
  changesMoveTime: 'unknown',
  timeOffset: null,
  timesMoveByThemselves: false,
  pauseWasRead: false,
  listLagInMs: 0,
};

/** What was seen of one report at one instant. */
export type Observation =
  | {
      readonly kind: 'seen';
      /** Only a read by id is evidence; a list finds reports and hints at changes. */
      readonly by: 'list' | 'id';
      readonly report: Report;
      readonly readAtMs: number;
      /** The service's clock minus ours at that read. */
      readonly serviceOffsetInMs: number;
      /** The same report in the list, as `listedOf` writes it; empty where no list was read or it lacked the report. */
      readonly listed: string;
    }
  /** The list was complete and did not hold it, or there was no list; nobody asked by id. */
  | { readonly kind: 'absent' }
  /** 404 by id. */
  | { readonly kind: 'notFound'; readonly readAtMs: number };
