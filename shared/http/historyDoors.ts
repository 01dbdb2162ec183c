import type { Composed } from '../composition/compose.ts';
import { parseReportId } from '../insights/parseReportId.ts';
import { runDoors } from '../running/reportResult.ts';
import { callOf, type DoorRequest, withService } from './doorRequest.ts';
import { parseHistoryAsked, writePlace } from './parseHistoryAsked.ts';
import { invalidQuery } from './parseRange.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';
import { meantAccount, noSuchReport } from './tellingDoors.ts';

const WINDOW_NAME = /^[a-z0-9-]{1,63}$/;

/** `GET /api/occurrences?window=&account=&from=&until=&limit=&continuation=`. */
export function occurrencesDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const { searchParams } = request.url;
    const asked = parseHistoryAsked(searchParams);
    if (!asked.ok) {
      return asked.answer;
    }
    const window = searchParams.get('window');
    if (window !== null && !WINDOW_NAME.test(window)) {
      return invalidQuery('/window', 'must be the name of a window: 1 to 63 of a-z, 0-9 and -');
    }
    const page = await service.pastOccurrences({ ...asked.value, window }, meant.account);
    if (page === null) {
      const title = 'No window of this name is configured, and none was within 90 days.';
      return problemAnswer(404, { code: 'unknown_window', title });
    }
    return jsonAnswer(200, { occurrences: page.items, continuation: writePlace(page.goesOnAfter) });
  });
}

/** `GET /api/runs?account=&door=&from=&until=&limit=&continuation=`. */
export function runsDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const { searchParams } = request.url;
    const asked = parseHistoryAsked(searchParams);
    if (!asked.ok) {
      return asked.answer;
    }
    const given = searchParams.get('door');
    const door = runDoors.find((one) => one === given) ?? null;
    if (given !== null && door === null) {
      return invalidQuery('/door', `must be one of ${runDoors.join(', ')}`);
    }
    const page = await service.pastRuns({ ...asked.value, account: meant.account, door });
    return jsonAnswer(200, { runs: page.items, continuation: writePlace(page.goesOnAfter) });
  });
}

/** `GET /api/reports/{id}/history?account=&from=&until=&limit=&continuation=`. */
export function reportHistoryDoor(composed: Composed, request: DoorRequest, id: string): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const asked = parseHistoryAsked(request.url.searchParams);
    if (!asked.ok) {
      return asked.answer;
    }
    const reportId = parseReportId(id);
    if (reportId === null) {
      return noSuchReport();
    }
    const outcome = await service.reportHistory(reportId, asked.value, callOf(request), meant.account);
    switch (outcome.kind) {
      case 'found':
        return jsonAnswer(200, { ...outcome.history, continuation: writePlace(outcome.goesOnAfter) });
      case 'notFound':
        return noSuchReport();
      case 'unreadable': {
        const title = 'Nothing is kept of the report, and an account that may have it could not be read.';
        return problemAnswer(502, { code: outcome.code, title, detail: outcome.message });
      }
    }
  });
}
