import type { EventWithFacts, ReportEvent } from '../deciding/reportEvent.ts';
import { accountFacts } from './eventFacts.ts';
import type { HeldRun } from './runContext.ts';

/** Records what is told of the account's reports as custom events, and hands it on without what is for them alone. */
export function recordEvents(run: HeldRun, events: readonly EventWithFacts[]): readonly ReportEvent[] {
  const { telemetry, account, accountKey, runId, correlationId } = run;
  const whose = { runId, correlationId, ...accountFacts(account, accountKey) };
  return events.map(({ facts, ...event }) => {
    const { name, reportId, reportName, detail } = event;
    // No account's: the tick itself records it.
    if (name !== 'WindowMissed') {
      telemetry.event(name, { ...whose, reportId, reportName, detail, ...facts });
    }
    return event;
  });
}
