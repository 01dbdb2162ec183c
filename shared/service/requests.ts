import type { PauseRecord } from '../deciding/judgeAdoption.ts';

/** What `POST /api/pause` asks for, parsed. */
export interface PauseRequest {
  /** UUIDs in lower case, each once. */
  readonly reportIds: readonly string[];
  readonly account: string;
  /** Epoch milliseconds; null stays until somebody resumes. */
  readonly untilMs: number | null;
  /** The IANA zone in which people are told the end; null where none was named. */
  readonly timeZone: string | null;
  readonly reason: string;
  readonly requestId: string | null;
  /** The id of the holds it makes, where it is a part of a longer request; null makes one of caller and request. */
  readonly holdId: string | null;
}

/** What `POST /api/drain` asks for, parsed. */
export interface DrainRequest {
  readonly account: string;
  readonly reason: string;
}

/** What `POST /api/acknowledge` asks for, parsed. */
export interface AcknowledgeRequest {
  /** UUIDs in lower case, each once. */
  readonly reportIds: readonly string[];
  readonly account: string;
  readonly reason: string;
}

/** What `POST /api/accounts/{account}/relearn` asks for, parsed. */
export interface RelearnRequest {
  readonly account: string;
  readonly reason: string;
}

/** What `POST /api/windows/{window}/end` and `/extend` ask for, with the occurrence that was open when they came. */
export interface OccurrenceRequest {
  readonly account: string;
  readonly window: string;
  /** IANA name in which people are shown the window's instants. */
  readonly timeZone: string;
  /** When the occurrence began, epoch milliseconds. */
  readonly fromMs: number;
  /** When it is to end: as the request came, or later than it would; epoch milliseconds. */
  readonly untilMs: number;
  readonly reason: string;
}

/** What `POST /api/adopt` asks for, parsed. */
export interface AdoptRequest {
  readonly account: string;
  readonly reason: string;
  /** Each report once, in lower case. */
  readonly records: readonly PauseRecord[];
  /** How long what is adopted stays paused; null leaves that to the windows. */
  readonly untilMs: number | null;
}

/** What `POST /api/resume` asks for, parsed: by report ids, or all that one request holds. */
export interface ResumeRequest {
  readonly target:
    | { readonly kind: 'reports'; readonly reportIds: readonly string[] }
    | { readonly kind: 'request'; readonly requestId: string }
    /** Some of the reports that one request holds, where they are worked on in passes. */
    | { readonly kind: 'partOfRequest'; readonly requestId: string; readonly reportIds: readonly string[] };
  readonly account: string;
  readonly reason: string;
  /** Ends the effect of windows' holds too, until their occurrence is over. */
  readonly includeWindows: boolean;
  /** Settles doubtful pauses as ours, so that they are resumed. */
  readonly takeOver: boolean;
  /** Ends the holds of other callers and of webhooks too; else only the caller's own. */
  readonly endsOthers: boolean;
}
