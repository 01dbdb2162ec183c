import type { AccountSnapshot } from '../ledger/snapshot.ts';
import type { FirstExecution, OccurrenceTally, TalliedExecutions } from '../model/occurrenceTally.ts';
import type { FollowedUp } from './followUps.ts';

/** What became of the first executions of these reports, and which of them are still to be seen. Pure. */
export function followUp(
  executions: TalliedExecutions,
  awaited: readonly string[],
  now: Pick<AccountSnapshot, 'ownerships' | 'followUps'> & {
    readonly followedUp: ReadonlyMap<string, FollowedUp>;
  },
): Pick<OccurrenceTally, 'awaited' | 'executions'> {
  const still: string[] = [];
  let { completed, missing, pausedAgain, first } = executions;
  for (const id of new Set(awaited)) {
    const outcome = now.followedUp.get(id);
    const kind = now.ownerships.get(id)?.kind;
    if (outcome?.kind === 'completed') {
      completed += 1;
      first = earlier(first, { reportId: id, ...outcome });
    } else if (outcome?.kind === 'missing') {
      missing += 1;
    } else if (kind === 'pausing' || kind === 'paused') {
      pausedAgain += 1;
    } else if (now.followUps.has(id)) {
      still.push(id);
    }
  }
  return { awaited: still, executions: { ...executions, completed, missing, pausedAgain, first } };
}

function earlier(
  first: FirstExecution | null,
  { reportId, reportName, completedMs }: FirstExecution,
): FirstExecution {
  return first !== null && first.completedMs <= completedMs ? first : { reportId, reportName, completedMs };
}
