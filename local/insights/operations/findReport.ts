import { type Answer, refusal } from '../http/answer.ts';
import { messages } from '../http/messages.ts';
import { idSchema, type Report, reportKey } from '../model/report.ts';
import { settleReport } from '../state/settleReport.ts';
import { type OperationCall, userFieldOf } from './operationCall.ts';

/** The report an operation is about, brought up to the clock, or why the caller may not have it. */
export function findReport(
  call: OperationCall,
): { ok: true; report: Report } | { ok: false; answer: Answer } {
  const { policies } = call.world;
  const id = idSchema.safeParse(call.id);
  if (!id.success && policies.malformedId === 'badRequest') {
    return { ok: false, answer: refusal(400, messages.malformedId) };
  }
  const report = settleReport(call.world, keyOf(call, call.id));
  if (report !== undefined && isVisible(call, report)) {
    return { ok: true, report };
  }
  const foreign = report === undefined && policies.foreignReport === 'forbidden' && existsElsewhere(call);
  return {
    ok: false,
    answer: foreign ? refusal(403, messages.forbidden) : refusal(404, messages.nothingFound),
  };
}

/** Whether the caller is shown a report of its own tenant. */
export function isVisible(call: OperationCall, report: Report): boolean {
  return !call.world.policies.perUserVisibility || report.user === userFieldOf(call);
}

/** Where a report of the caller's tenant and surface is kept. */
export function keyOf({ principal, surface }: OperationCall, reportId: string): string {
  return reportKey({ tenantId: principal.tenantId, family: surface.family, reportId });
}

function existsElsewhere({ world, surface, id }: OperationCall): boolean {
  const ending = `|${surface.family}|${id.toLowerCase()}`;
  return [...world.reports.keys()].some((key) => key.endsWith(ending));
}
