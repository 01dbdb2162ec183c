import { refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { changeByPut } from './changeByPut.ts';
import { findReport } from './findReport.ts';
import type { Operation } from './operationCall.ts';
import { showReport } from './showReport.ts';

/** `PUT /ScheduledReport/pause/{reportId}`. Source: "Pause report executions API". */
export const pauseReport: Operation = (call) => {
  const found = findReport(call);
  if (!found.ok) {
    return found.answer;
  }
  const { report } = found;
  const { policies } = call.world;
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
      return success([showReport(call, report, 'putAnswers')], messages.reportPaused);
    case 'ok':
      return changeByPut(call, report, 'pause');
  }
};
