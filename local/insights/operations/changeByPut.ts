import { type Answer, gatewayRefusal, refusal, success } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { actorOf } from '../model/principal.ts';
import { type Report, reportKey } from '../model/report.ts';
import type { PutPolicy } from '../policies/behaviour.ts';
import { changeStatus, movesTime } from '../state/changeStatus.ts';
import { timeOf } from '../state/touched.ts';
import type { World } from '../state/world.ts';
import type { OperationCall } from './operationCall.ts';
import { showReport } from './showReport.ts';

/** A pause or resume that nothing forbids: its effect and its answer, which the policies may part. */
export function changeByPut(call: OperationCall, report: Report, action: 'pause' | 'resume'): Answer {
  const { world, principal } = call;
  const policy = policyOf(world, report, action);
  const by = actorOf(principal);
  const nowMs = world.clock.nowMs();
  let shown = policy?.shows === 'old' ? report : claimed(world, report, action);
  if (policy === null || policy.effect === 'now') {
    shown = changeStatus(world, report, { action, by, atMs: nowMs, operation: action });
  } else if (policy.effect === 'late') {
    const key = reportKey(report);
    const effect = { dueMs: nowMs + policy.lateByInMs, action, by, operation: action };
    world.effects.set(key, [...(world.effects.get(key) ?? []), effect]);
    world.revision += 1;
  }
  if (policy !== null && policy.answers !== null) {
    return refusedWith(policy.answers, report, action);
  }
  const message = action === 'pause' ? messages.reportPaused : messages.reportResumed;
  return success([showReport(call, shown, 'putAnswers')], message);
}

/** What this PUT of the report does, null for what the documents say. */
function policyOf(world: World, report: Report, action: 'pause' | 'resume'): PutPolicy | null {
  const policy = world.policies[action === 'pause' ? 'pausePut' : 'resumePut'];
  const name = `${action} ${reportKey(report)}`;
  const putNr = (world.counts.get(name) ?? 0) + 1;
  world.counts.set(name, putNr);
  return policy.times === null || putNr <= policy.times ? policy : null;
}

/** The report as it would be, had it been changed now. */
function claimed(world: World, report: Report, action: 'pause' | 'resume'): Report {
  const reportStatus = action === 'pause' ? 'Paused' : 'Active';
  const isChange = report.reportStatus !== reportStatus;
  const modifiedTime = movesTime(world, isChange) ? timeOf(world, world.clock.nowMs()) : report.modifiedTime;
  return { ...report, reportStatus, modifiedTime };
}

function refusedWith(status: number, { reportStatus }: Report, action: 'pause' | 'resume'): Answer {
  if (status >= 500) {
    return gatewayRefusal(status, messages.unavailable);
  }
  const { cannotPause, cannotResume } = messages;
  return refusal(status, action === 'pause' ? cannotPause(reportStatus) : cannotResume(reportStatus));
}
