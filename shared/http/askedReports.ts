import type { ReportSelector } from '../model/reportSelector.ts';
import type { SelectedForRequest } from '../service/selectForRequest.ts';
import { type Answer, problemAnswer } from '../wire/problem.ts';
import { callOf, type DoorRequest, type Ready } from './doorRequest.ts';

type AskedReports =
  | { readonly ok: true; readonly reportIds: readonly string[] }
  | { readonly ok: false; readonly answer: Answer };

/** The ids of the reports that a request means, each once; or the answer where nothing is done. @throws LedgerError */
export async function askedReports(
  { service, settings }: Pick<Ready, 'service' | 'settings'>,
  request: DoorRequest,
  asked: {
    readonly account: string;
    readonly reports: ReportSelector;
    readonly door: 'pause' | 'resume';
  },
): Promise<AskedReports> {
  const { reports } = asked;
  if (reports.kind === 'ids') {
    return { ok: true, reportIds: reports.reportIds };
  }
  const maxReports = settings.MAX_REPORTS_PER_REQUEST;
  const selected = await service.select({ ...asked, reports, maxReports }, callOf(request));
  return selected.kind === 'selected'
    ? { ok: true, reportIds: selected.reportIds }
    : { ok: false, answer: refusalOf(selected, maxReports) };
}

function refusalOf(selected: Exclude<SelectedForRequest, { kind: 'selected' }>, maxReports: number): Answer {
  switch (selected.kind) {
    case 'unknownAccount':
      return problemAnswer(404, {
        code: 'unknown_account',
        title: 'No account of this name is configured.',
      });
    case 'unreadable': {
      const { code, message } = selected;
      const title = `It cannot be told which reports are meant: ${message}. Nothing was done; ids need no list.`;
      return code === 'account_busy'
        ? problemAnswer(503, { code, title }, { 'retry-after': '30' })
        : problemAnswer(502, { code, title });
    }
    case 'none': {
      const { candidates } = selected;
      const near = candidates.length === 0 ? '' : ' The names of the candidates are near to it.';
      const title = `No report matches; nothing was done.${near}`;
      return problemAnswer(404, { code: 'no_report_matches', title, candidates });
    }
    case 'ambiguous': {
      const { candidates } = selected;
      const title =
        'Several reports bear this name; nothing was done. Name one by its id, or all of them by a pattern with a *.';
      return problemAnswer(409, { code: 'ambiguous_name', title, candidates });
    }
    case 'tooMany': {
      const title = `${selected.count} reports match, and one request may mean ${maxReports}; nothing was done.`;
      return problemAnswer(422, { code: 'too_many_reports_match', title });
    }
  }
}
