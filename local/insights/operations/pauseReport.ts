import { refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { actorOf } from '../model/principal.ts';
import { changeStatus } from '../state/changeStatus.ts';
import { findReport } from './findReport.ts';
import type { Operation } from './operationCall.ts';
import { wireReport } from './wireReport.ts';

/** `PUT /ScheduledReport/pause/{reportId}`. Source: "Pause report executions API". */
export const pauseReport: Operation = (call) => {
  const found = findReport(call);
  if (!found.ok) {
    return found.answer;
  }
  const { report } = found;
  const { policies, clock } = call.world;
  const verdicts = {
    Active: 'ok',
    Paused: policies.pauseOfPaused,
    Inactive: policies.pauseOfInactive,
  } as const;
  switch (verdicts[report.reportStatus]) {
    case 'notFound':
      return refusal(404, messages.nothingFound);
    case 'badRequest':
      return refusal(400, messages.cannotPause(report.reportStatus));
    case 'unchanged':
      return success([wireReport(report, call.surface)], messages.reportPaused);
    case 'ok': {
      const by = actorOf(call.principal);
      const paused = changeStatus(call.world, report, {
        action: 'pause',
        by,
        atMs: clock.nowMs(),
        operation: 'pause',
      });
      return success([wireReport(paused, call.surface)], messages.reportPaused);
    }
  }
};
