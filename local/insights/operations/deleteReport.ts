import { success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { actorOf } from '../model/principal.ts';
import { removeReport } from '../state/putReport.ts';
import { findReport } from './findReport.ts';
import type { Operation } from './operationCall.ts';
import { showReport } from './showReport.ts';

/** `DELETE /ScheduledReport/{reportId}`: the report and all its executions. Source: "Delete report API". */
export const deleteReport: Operation = (call) => {
  const found = findReport(call);
  if (!found.ok) {
    return found.answer;
  }
  const cause = { operation: 'delete', by: actorOf(call.principal), atMs: call.world.clock.nowMs() };
  removeReport(call.world, found.report, cause);
  return success([showReport(call, found.report, 'putAnswers')], messages.reportDeleted);
};
