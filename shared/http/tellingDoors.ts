import type { Composed } from '../composition/compose.ts';
import { parseReportId } from '../insights/parseReportId.ts';
import { callOf, type DoorRequest, type Ready, withService } from './doorRequest.ts';
import { invalidQuery, parseRange } from './parseRange.ts';
import { parseReportsAsked, writeContinuation } from './parseReportsAsked.ts';
import { type Answer, jsonAnswer, problemAnswer } from './problem.ts';

/** `GET /api/plan?at=&until=&account=&report=`. */
export function planDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const range = parseRange(request.url.searchParams, parts.clock.now());
    if (!range.ok) {
      return range.answer;
    }
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const given = request.url.searchParams.get('report');
    const reportId = given === null ? null : parseReportId(given);
    if (given !== null && reportId === null) {
      return invalidQuery('/report', 'must be the id of a report, which is a UUID');
    }
    const plan = await service.plan({ ...range.value, reportId }, callOf(request), meant.account);
    if (reportId !== null && plan.reports.length === 0 && plan.problems.length === 0) {
      return noSuchReport();
    }
    return jsonAnswer(plan.problems.length === 0 ? 200 : 502, plan);
  });
}

/** `GET /api/accounts`. */
export function accountsDoor(composed: Composed): Promise<Answer> {
  return withService(composed, async ({ service }) => jsonAnswer(200, await service.accounts()));
}

/** `GET /api/windows`. */
export function windowsDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service }) =>
    jsonAnswer(200, await service.windows(callOf(request))),
  );
}

/** `GET /api/windows/{name}`. */
export function windowDoor(composed: Composed, request: DoorRequest, name: string): Promise<Answer> {
  return withService(composed, async ({ service }) => {
    const shown = await service.window(name, callOf(request));
    return shown === null
      ? problemAnswer(404, {
          code: 'unknown_window',
          title:
            'No window of this name could be read; GET /api/windows lists them, and what is wrong with others.',
        })
      : jsonAnswer(200, shown);
  });
}

/** `GET /api/reports?account=&status=&held=&name=&limit=&continuation=`. */
export function reportsDoor(composed: Composed, request: DoorRequest): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const asked = parseReportsAsked(request.url.searchParams);
    if (!asked.ok) {
      return asked.answer;
    }
    const { goesOnAfter, ...shown } = await service.reports(callOf(request), meant.account, asked.value);
    const continuation = goesOnAfter === null ? null : writeContinuation(goesOnAfter);
    return jsonAnswer(shown.problems.length === 0 ? 200 : 502, { ...shown, continuation });
  });
}

/** `GET /api/reports/{id}?account=`: why is this report paused? */
export function reportDoor(composed: Composed, request: DoorRequest, id: string): Promise<Answer> {
  return withService(composed, async ({ service, parts }) => {
    const meant = meantAccount(request, parts);
    if (!meant.ok) {
      return meant.answer;
    }
    const reportId = parseReportId(id);
    if (reportId === null) {
      return noSuchReport();
    }
    const shown = await service.report(reportId, callOf(request), meant.account);
    switch (shown.kind) {
      case 'found':
        return jsonAnswer(200, shown.report);
      case 'notFound':
        return noSuchReport();
      case 'unreadable':
        return problemAnswer(502, {
          code: shown.code,
          title: 'An account could not be read, and no other has the report.',
          detail: shown.message,
        });
    }
  });
}

/** No account shows such a report. */
export function noSuchReport(): Answer {
  return problemAnswer(404, { code: 'not_found', title: 'Partner Center shows no report of this id.' });
}

/** The account that the query names; null means all of them. */
export function meantAccount(
  { url }: DoorRequest,
  { accounts }: Ready['parts'],
): { readonly ok: true; readonly account: string | null } | { readonly ok: false; readonly answer: Answer } {
  const account = url.searchParams.get('account');
  if (account === null || accounts.some((one) => one.account.name === account)) {
    return { ok: true, account };
  }
  const title = 'No account of this name is configured.';
  return { ok: false, answer: problemAnswer(404, { code: 'unknown_account', title }) };
}
