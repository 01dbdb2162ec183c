import type { EventWithFacts, ReportEvent } from '../deciding/reportEvent.ts';
import { accountFacts } from './eventFacts.ts';
import type { HeldRun } from './runContext.ts';

/** Records what is told of the account's reports as custom events, and hands it on without what is for them alone. */
export function recordEvents(run: HeldRun, events: readonly EventWithFacts[]): readonly ReportEvent[] {
  const { telemetry, account, accountKey, runId, correlationId } = run;
  const whose = { runId, correlationId, ...accountFacts(account, accountKey) };
  return events.map(({ facts, counts, about: _, ...event }) => {
    const { name, reportId, reportName, detail } = event;
    // What is about a window and no report is recorded where it is found.
    if (name !== 'WindowMissed' && name !== 'WindowLate') {
      telemetry.event(name, { ...whose, reportId, reportName, detail, ...facts }, counts);
    }
    return event;
  });
}
