import { isUndone, type Outcome, type RunDoor } from '../running/reportResult.ts';
import type { HistoryAsked, HistoryPage } from './historyAsked.ts';
import { isNews, type Run, type RunProblem } from './run.ts';
import type { ShownPastRun } from './shownPastRun.ts';

/** Who set a run off and why, and on which accounts it did something. */
export interface RunSetting {
  readonly who: string;
  /** Empty where nobody gave a reason. */
  readonly why: string;
  readonly accounts: readonly string[];
}

/** Which runs are asked for. */
export interface RunsAsked extends HistoryAsked {
  /** Those that did something on this account; null asks for all. */
  readonly account: string | null;
  readonly door: RunDoor | null;
}

/** Where runs are kept that no request is kept for: ticks, webhooks, and what an operator does at once. @throws LedgerError from each */
export interface RunHistory {
  keep(run: Run, setting: RunSetting): Promise<void>;
  /** A run that was kept so; null where there is none. */
  read(runId: string): Promise<Run | null>;
  /** Runs of any kind, newest first. */
  list(asked: RunsAsked): Promise<HistoryPage<ShownPastRun>>;
}

const CHANGES: ReadonlySet<Outcome> = new Set(['paused', 'resumed', 'adopted']);

/** Whether a tick did anything that somebody may ask for later. Pure. */
export function didSomething(run: Run, problemsOfLooks: readonly RunProblem[]): boolean {
  return (
    run.events.length > 0 ||
    run.results.some((result) => CHANGES.has(result.outcome) || isUndone(result, run.door)) ||
    problemsOfLooks.some((problem) => !isNews(problem, run.door))
  );
}

/** The accounts that a run says something of. Pure. */
export function accountsOf({ results, problems }: Run): readonly string[] {
  const named = [...results, ...problems].flatMap(({ account }) => account ?? []);
  return [...new Set(named)].sort();
}
