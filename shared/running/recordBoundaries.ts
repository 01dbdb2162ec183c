import type { ReportEvent } from '../deciding/reportEvent.ts';
import type { Boundary } from '../model/boundary.ts';
import { utcText } from '../windows/formatInstant.ts';
import { accountFacts } from './eventFacts.ts';
import { isLate } from './lateness.ts';
import type { HeldRun } from './runContext.ts';

/**
 * Keeps with each occurrence how late it was begun or ended, measures it, and gives what is to be told of those that were late.
 * @throws LedgerError
 */
export async function recordBoundaries(
  run: HeldRun,
  boundaries: readonly Boundary[],
): Promise<readonly ReportEvent[]> {
  const { telemetry, account, accountKey, runId, correlationId } = run;
  await run.ledger.appendOccurrences(
    accountKey,
    boundaries.map((one) => ({ ...one, runId })),
  );
  return boundaries.flatMap((one): readonly ReportEvent[] => {
    const { window, which, dueMs, lateInMs } = one;
    const lateInSeconds = Math.round(lateInMs / 1000);
    telemetry.metric('boundaryLatenessInSeconds', lateInSeconds, { account: account.name, boundary: which });
    if (!isLate(one, run.tickInMs)) {
      return [];
    }
    const dueUtc = utcText(dueMs);
    const detail = `window ${window}: its ${which} at ${dueUtc} was acted on ${lateInSeconds} s later`;
    const whose = { runId, correlationId, ...accountFacts(account, accountKey) };
    telemetry.event('WindowLate', { ...whose, window, boundary: which, dueUtc, detail }, { lateInSeconds });
    return [{ name: 'WindowLate', reportId: '', reportName: '', detail }];
  });
}
