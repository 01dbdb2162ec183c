import type { Composed } from '../composition/compose.ts';
import { parseReportId } from '../insights/parseReportId.ts';
import { callOf, type DoorRequest, withService } from './doorRequest.ts';
import { parseRange } from './parseRange.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';

/** `GET /api/plan?at=&until=`. */
export function planDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const range = parseRange(request.url.searchParams, parts.clock.now());
    if (!range.ok) {
      return range.answer;
    }
    const plan = await service.plan(range.value, callOf(request));
    return jsonAnswer(plan.problems.length === 0 ? 200 : 502, plan);
  });
}

/** `GET /api/windows`. */
export function windowsDoor(composed: Composed): Promise<Answer> {
  return withService(composed, async ({ service }) => jsonAnswer(200, await service.windows()));
}

/** `GET /api/reports`. */
export function reportsDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const shown = await service.reports(callOf(request));
    return jsonAnswer(shown.problems.length === 0 ? 200 : 502, shown);
  });
}

/** `GET /api/reports/{id}`: why is this report paused? */
export function reportDoor(composed: Composed, request: DoorRequest, id: string): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const reportId = parseReportId(id);
    const shown = reportId === null ? null : await service.report(reportId, callOf(request));
    return shown === null
      ? problemAnswer(404, { code: 'not_found', title: 'Partner Center shows no report of this id.' })
      : jsonAnswer(200, shown);
  });
}
