/** When every history begins. */
export const BEGIN_MS = Date.parse('2026-03-02T20:00:00Z');

export const SECOND_IN_MS = 1_000;
export const MINUTE_IN_MS = 60_000;
export const HOUR_IN_MS = 3_600_000;

/** Where a report can be seen: a list, a read by id, the answer to a PUT. */
export type Source = 'list' | 'get' | 'put';

export const sources: readonly Source[] = ['list', 'get', 'put'];

export type Status = 'Active' | 'Paused' | 'Inactive';

/** How an instant is written: with `Z`, without it, with a blank, with a fraction, with an offset. */
export type TimeForm = 'zulu' | 'bare' | 'blank' | 'fraction' | 'offset';

/** How the service behaves all the time; none of it is a fault. Milliseconds. */
export interface ServiceTraits {
  /** When `modifiedTime` moves: never, when a status or content changes, with every call, or by itself too. */
  readonly time: 'never' | 'onChange' | 'always' | 'byItself';
  /** How often it moves by itself. */
  readonly movesEveryMs: number;
  /** The clock that writes `Date`, and the one that writes `modifiedTime`, before ours. */
  readonly dateAheadInMs: number;
  readonly timeAheadInMs: number;
  /** `modifiedTime` is cut to so much. */
  readonly resolutionInMs: number;
  /** `modifiedTime` is written so much after the change that moved it, and says when it was written. */
  readonly timeLateInMs: number;
  readonly timeForm: Readonly<Record<Source, TimeForm>>;
  /** Fields that the source does not show. */
  readonly missing: Readonly<Record<Source, readonly string[]>>;
  /** Sources that write flags and numbers as text, and every time in their own form. */
  readonly asText: readonly Source[];
  /** Sources with a field that changes by itself. */
  readonly volatile: readonly Source[];
  readonly listLagInMs: number;
  /** How far each of the replicas is behind that answer reads by id; one answers each read. */
  readonly replicasBehindInMs: readonly number[];
  /** Reports of a page of the list; null is all. */
  readonly pageSize: number | null;
  /** Whether the answer to a PUT shows the report after the change or before it. */
  readonly putShows: 'after' | 'before';
  /** What pausing a paused and resuming an active report answers. */
  readonly repeatIsRefused: boolean;
  /** How long an answer takes at most. */
  readonly latencyInMs: number;
}

export interface ReportSeed {
  readonly letter: string;
  readonly status: Status;
}

export interface WindowSeed {
  readonly name: string;
  readonly letters: readonly string[];
  readonly fromMs: number;
  readonly untilMs: number;
}

/** A person at the service's own portal. */
export interface HumanAct {
  readonly atMs: number;
  readonly does: 'pause' | 'resume' | 'edit' | 'delete' | 'recreate';
  readonly letter: string;
}

/** Somebody who asks the app. */
export interface Request {
  readonly atMs: number;
  readonly asks: 'pause' | 'resume' | 'exempt';
  readonly letters: readonly string[];
  /** The end of a pause, or of an exemption; null for a resume. */
  readonly untilMs: number | null;
  readonly includeWindows: boolean;
  readonly key: string | null;
  /** How long after a lost answer the same is asked again; null where it is not. */
  readonly repeatsAfterInMs: number | null;
  /** Which of the processes is asked. */
  readonly process: number;
}

/** What becomes of a PUT: whether and when it takes effect, and what is answered. */
export type PutFate =
  | 'okWithoutEffect'
  | 'okLate'
  | 'refusedWithEffect'
  | 'refusedWithoutEffect'
  | 'brokenWithEffect'
  | 'brokenWithoutEffect'
  | 'lostWithEffect'
  | 'lostWithoutEffect'
  | 'silentWithEffect'
  | 'silentWithoutEffect'
  | 'silentLate'
  | 'errorUnder200WithEffect'
  | 'throttled';

export const putFates: readonly PutFate[] = [
  'okWithoutEffect',
  'okLate',
  'refusedWithEffect',
  'refusedWithoutEffect',
  'brokenWithEffect',
  'brokenWithoutEffect',
  'lostWithEffect',
  'lostWithoutEffect',
  'silentWithEffect',
  'silentWithoutEffect',
  'silentLate',
  'errorUnder200WithEffect',
  'throttled',
];

/** What one odd look shows in place of the truth. */
export type Glitch = Status | 'notFound' | 'noTime' | 'olderTime';

/** Something that the service does wrong, for a while; `letter` null is every report. */
export type Fault = { readonly fromMs: number; readonly untilMs: number } & (
  | {
      readonly kind: 'put';
      readonly fate: PutFate;
      readonly verb: 'pause' | 'resume';
      readonly letter: string | null;
      /** How often at most. */
      readonly times: number;
      /** When a late effect comes. */
      readonly delayInMs: number;
    }
  | {
      readonly kind: 'glitch';
      readonly source: 'list' | 'get';
      readonly shows: Glitch;
      readonly letter: string;
      readonly times: number;
    }
  | { readonly kind: 'hidden'; readonly letter: string }
  | { readonly kind: 'listRefused' }
  | { readonly kind: 'listEmpty' }
  /** Reports of this status are left out. */
  | { readonly kind: 'listOmits'; readonly status: Status }
  | { readonly kind: 'pagesShift' }
  | { readonly kind: 'getRefused' }
  | { readonly kind: 'signInLost' }
  /** The schedule of a report runs out: it is Inactive from then on. */
  | { readonly kind: 'runsOut'; readonly letter: string }
);

/** A process that ends, or stands still for a while, at one of its calls after an instant. */
export interface Kill {
  readonly process: number;
  readonly fromMs: number;
  /** Which of the calls after that instant, from 0. */
  readonly call: number;
  /** Whether that call still reaches its destination. */
  readonly reaches: boolean;
  /** When the next process starts; for one that only stands still, when it goes on. */
  readonly forInMs: number;
  readonly kind: 'ends' | 'stands';
}

/** Everything that is drawn for one history; the same history plays the same each time. */
export interface History {
  readonly seed: number;
  readonly tickInMs: number;
  readonly processes: number;
  /** Calls of an account at once. */
  readonly maxConcurrency: number;
  readonly service: ServiceTraits;
  readonly reports: readonly ReportSeed[];
  readonly windows: readonly WindowSeed[];
  readonly requests: readonly Request[];
  readonly humans: readonly HumanAct[];
  readonly faults: readonly Fault[];
  readonly kills: readonly Kill[];
  /** When nothing odd happens any more, and no hold is left. */
  readonly quietMs: number;
  /** How long after that it is judged. */
  readonly settlesInMs: number;
}

/** The id of the report of that letter. */
export function reportIdOf(letter: string): string {
  return `b0000000-0000-4000-8000-${letter.charCodeAt(0).toString().padStart(12, '0')}`;
}

/** A name that nothing else contains. */
export function reportNameOf(letter: string): string {
  return `Sim${letter}zq`;
}

/** The letter of a report, or the id where it has none. */
export function letterOf(reportId: string): string {
  const number = Number(reportId.slice(-12));
  return number >= 65 && number <= 122 ? String.fromCharCode(number) : reportId;
}
