import type { RunDoor, RunStatus } from '../running/reportResult.ts';
import type { RunProblem } from './run.ts';

/** A run in a list: who set it off and why, and how it came out. `GET /api/runs/{id}` tells the rest. */
export interface ShownPastRun {
  readonly runId: string;
  readonly correlationId: string;
  readonly door: RunDoor;
  /** Of a tick those on which it did something. */
  readonly accounts: readonly string[];
  readonly who: string;
  /** In the words of who asked; empty where nobody gave a reason. */
  readonly why: string;
  readonly status: RunStatus | 'working';
  readonly startedUtc: string;
  /** Null while it works. */
  readonly durationInMs: number | null;
  /** Reports by outcome; of one that works, so far. */
  readonly summary: Readonly<Record<string, number>>;
  /** The first of them. */
  readonly problems: readonly RunProblem[];
  /** All of it in one sentence for people. */
  readonly inWords: string;
}
