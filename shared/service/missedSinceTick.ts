import type { ReportEvent } from '../deciding/reportEvent.ts';
import { type LedgerSurvey, saidEndsOf } from '../ledger/survey.ts';
import { runInSlices } from '../time/steps.ts';
import { asSaid } from '../windows/asSaid.ts';
import { failureOf } from './actForDoor.ts';
import { type MissedWindow, missedInSteps } from './missedWindows.ts';
import type { ConfiguredWindows } from './readWindows.ts';
import type { RunFrame } from './runContextOf.ts';
import type { DoorCall, ServiceParts } from './serviceParts.ts';
import { tellNotKept } from './tellNotKept.ts';

/** A window that no tick saw paused nothing: told, never made up for. Those since the tick before. */
export async function missedWindows(
  parts: ServiceParts,
  survey: LedgerSurvey,
  { windows }: ConfiguredWindows,
  nowMs: number,
): Promise<readonly MissedWindow[]> {
  if (survey.heartbeat === null || parts.mode === 'off') {
    return [];
  }
  const missing = missedInSteps(asSaid(windows, saidEndsOf(survey)), survey.heartbeat.tickedAtMs, nowMs);
  return runInSlices(missing, parts.giveWay);
}

/** What is told of one. Pure. */
export function missedEvent({ window, fromMs, untilMs }: MissedWindow): ReportEvent {
  return {
    ...{ name: 'WindowMissed', reportId: '', reportName: '' },
    detail: `window ${window} from ${new Date(fromMs).toISOString()} to ${new Date(untilMs).toISOString()} passed without a tick`,
  };
}

/** Keeps them in the history of the windows' occurrences, too. Never throws. */
export async function keepMissed(
  parts: ServiceParts,
  call: DoorCall,
  frame: RunFrame,
  missed: readonly MissedWindow[],
): Promise<void> {
  for (const { account, accountKey } of parts.accounts) {
    const own = missed.filter((one) => one.account === account.name).map(({ account: _, ...rest }) => rest);
    const failure =
      own.length === 0 ? null : await failureOf(() => parts.ledger.appendMissed(accountKey, own));
    if (failure !== null) {
      tellNotKept(call, { runId: frame.runId, account: account.name, failure });
    }
  }
}
