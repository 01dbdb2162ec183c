import type { Decided } from '../deciding/decide.ts';
import { type Hold, holderText, isLiveAt } from '../model/hold.ts';
import { utcText } from '../windows/formatInstant.ts';
import { accountFacts } from './eventFacts.ts';
import type { HeldRun } from './runContext.ts';

/**
 * Records each hold that ended with this run, and, where the run looked at the whole account, how many there are now and
 * how old the oldest is.
 */
export function recordHolds(run: HeldRun, scope: ReadonlySet<string> | null, decided: Decided): void {
  const { telemetry, account, accountKey, runId, correlationId } = run;
  const nowMs = run.clock.now();
  const { holds, closed } = decided.holdChanges;
  for (const { hold, because } of closed) {
    const { reportId, holder, fromMs, untilMs } = hold;
    if (scope === null || scope.has(reportId)) {
      const untilUtc = untilMs === null ? null : utcText(untilMs);
      const what = { reportId, heldBy: holderText(holder), because, fromUtc: utcText(fromMs), untilUtc };
      const whose = { runId, correlationId, ...accountFacts(account, accountKey) };
      telemetry.event('HoldEnded', { ...whose, ...what }, { heldInSeconds: secondsSince(hold, nowMs) });
    }
  }
  if (scope === null) {
    const live = holds.filter((hold) => isLiveAt(hold, nowMs));
    const dimensions = { account: account.name };
    telemetry.metric('holdsAlive', live.length, dimensions);
    telemetry.metric('reportsHeld', new Set(live.map(({ reportId }) => reportId)).size, dimensions);
    telemetry.metric(
      'oldestHoldAgeInSeconds',
      live.reduce((oldest, hold) => Math.max(oldest, secondsSince(hold, nowMs)), 0),
      dimensions,
    );
  }
}

function secondsSince({ fromMs }: Hold, nowMs: number): number {
  return Math.max(0, Math.round((nowMs - fromMs) / 1000));
}
