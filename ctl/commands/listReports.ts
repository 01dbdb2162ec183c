import { CommandError } from '../commandError.ts';
import type { Command } from '../commandLine.ts';
import { type Problem, type Report, reportsShape } from '../connection/answers.ts';
import type { Doors } from '../connection/openDoors.ts';
import { expectAnswer } from '../connection/refusal.ts';
import { tellReports } from '../telling/tellReports.ts';
import type { Style, Told } from '../telling/told.ts';

/** The longest page that the app gives. */
const MAX_PAGE = 1_000;

/** Lists the reports that are asked for, page by page. Ends with 1 where an account could not be read. @throws CommandError */
export async function listReports(
  { query, limit }: Extract<Command, { name: 'reports' }>,
  doors: Doors,
  style: Style,
): Promise<Told> {
  const most = limit ?? Number.POSITIVE_INFINITY;
  const reports: Report[] = [];
  const problems: Problem[] = [];
  let continuation: string | null = null;
  do {
    const page = new URLSearchParams({
      ...query,
      limit: String(Math.min(MAX_PAGE, most - reports.length)),
      ...(continuation === null ? {} : { continuation }),
    });
    const shown = expectAnswer(await doors.get(`/api/reports?${page}`), reportsShape);
    if (shown.continuation === undefined) {
      const message = 'This app is older than filters, and tells of every report: use "status --all".';
      throw new CommandError(1, 'no_filters', message);
    }
    reports.push(...shown.reports);
    problems.push(...shown.problems);
    continuation = shown.continuation;
  } while (continuation !== null && reports.length < most);
  const told = { reports, problems, isCut: continuation !== null };
  return {
    exitCode: problems.length === 0 ? 0 : 1,
    lines: tellReports(told, style),
    answer: { ...told, continuation },
  };
}
