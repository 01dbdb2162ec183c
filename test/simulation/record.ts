import type { Request as AskedOf, Status } from './history.ts';

/** A report's state from one instant on; null while it does not exist, or no more. */
export interface Version {
  readonly fromMs: number;
  readonly status: Status | null;
  /** Counts edits. */
  readonly edition: number;
  /** The instant that `modifiedTime` stands for, on the clock that writes it; null before the first change. */
  readonly modifiedMs: number | null;
}

/** A deed that reached the service, whether or not it changed anything. */
export interface Act {
  readonly atMs: number;
  readonly by: 'app' | 'human' | 'service';
  readonly does: 'pause' | 'resume' | 'edit' | 'delete' | 'recreate' | 'runOut';
  readonly reportId: string;
  readonly from: Status | null;
  readonly to: Status | null;
  /** The request that it came from; null where it was none of the app's. */
  readonly call: number | null;
}

/** What one read showed. */
export interface Look {
  readonly reportId: string;
  /** The instant whose truth it showed. */
  readonly asOfMs: number;
  /** Null where it was not shown. */
  readonly status: Status | null;
  readonly isGlitch: boolean;
  readonly showsTime: boolean;
}

/** One request of the app to the service. */
export interface Call {
  readonly seq: number;
  readonly process: string;
  readonly kind: 'list' | 'get' | 'pause' | 'resume' | 'other';
  readonly reportId: string | null;
  readonly sentMs: number;
  /** When it took effect; null where it did not, or not yet. */
  effectMs: number | null;
  /** When the app got an answer; null where it got none. */
  answeredMs: number | null;
  answer: string;
  /** What the app was shown of reports. */
  looks: readonly Look[];
}

/** Something the app told of reports: an event, or the result of a request. */
export interface Told {
  readonly atMs: number;
  readonly process: string;
  readonly name: string;
  /** Reports that it names. */
  readonly reportIds: readonly string[];
  readonly text: string;
}

/** What somebody asked, and what came of it. */
export interface Asked {
  readonly atMs: number;
  readonly asks: AskedOf['asks'];
  readonly reportIds: readonly string[];
  readonly untilMs: number | null;
  readonly includeWindows: boolean;
  readonly isRepeat: boolean;
  answeredMs: number | null;
  status: number | null;
}

/** A process ended, and the next one started at `untilMs`; or it stood still until then. */
export interface Stopped {
  readonly atMs: number;
  readonly process: string;
  readonly untilMs: number;
  readonly kind: 'ends' | 'stands';
  /** Whether it was about to send a request to the service: then it could look at no clock any more. */
  readonly isAtRequest: boolean;
}

/** All that is known of one history once it has been played: what the judge goes by, never the ledger. */
export interface HistoryRecord {
  readonly versions: ReadonlyMap<string, readonly Version[]>;
  readonly acts: readonly Act[];
  readonly calls: readonly Call[];
  readonly told: readonly Told[];
  readonly asked: readonly Asked[];
  /** When a process ended or stood still. */
  readonly stops: readonly Stopped[];
  readonly endMs: number;
}

/** The report's state at that instant. */
export function versionAt(versions: readonly Version[], atMs: number): Version | null {
  let found: Version | null = null;
  for (const version of versions) {
    if (version.fromMs > atMs) break;
    found = version;
  }
  return found;
}

/** Whether a human has paused the report since it was last Active, by all that was done to it. */
export function wasPausedByHuman(acts: readonly Act[]): boolean {
  const since = acts.findLastIndex(({ from, to }) => from !== 'Paused' && to === 'Paused');
  // Who had paused it before the history began is a human.
  if (since === -1) return true;
  return acts.slice(since).some(({ by, does }) => by === 'human' && does === 'pause');
}
