import { countUndone } from '../running/reportResult.ts';
import type { Run } from '../service/run.ts';
import type { RunRecord } from './runRecord.ts';

/** What came of the reports of a request once a further pass is behind it. Pure. */
export function countedOn(
  { summary, undone, work }: RunRecord,
  pass: Pick<Run, 'results' | 'summary'>,
): Pick<RunRecord, 'summary' | 'undone'> {
  const sums = { ...summary };
  for (const [outcome, count] of Object.entries(pass.summary)) sums[outcome] = (sums[outcome] ?? 0) + count;
  return { summary: sums, undone: undone + countUndone(pass.results, work.door).undone };
}
