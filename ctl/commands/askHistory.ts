import type { z } from 'zod';
import type { Command } from '../commandLine.ts';
import { pastOccurrencesShape, pastRunsShape, reportHistoryShape } from '../connection/historyAnswers.ts';
import type { Doors } from '../connection/openDoors.ts';
import { expectAnswer } from '../connection/refusal.ts';
import { tellPastOccurrences, tellPastRuns, tellReportHistory } from '../telling/tellHistory.ts';
import type { Style, Told } from '../telling/told.ts';
import type { World } from '../world.ts';

type Question = Extract<Command, { name: 'history' }>;

/** The longest page that the app gives. */
const MAX_PAGE = 500;
/** So many entries are asked for at most, with or without `--all`. */
const MOST = 5_000;
const MOST_WITHOUT_ALL = 30;

const DAY_IN_MS = 86_400_000;

/** Tells what windows did, what runs did, or what happened to a report. @throws CommandError */
export async function askHistory(
  question: Question,
  doors: Doors,
  { nowMs }: Pick<World, 'nowMs'>,
  style: Style,
): Promise<Told> {
  const { about, account, days } = question;
  const query = {
    from: new Date(nowMs() - days * DAY_IN_MS).toISOString(),
    ...(account === null ? {} : { account }),
  };
  const most = style.showsAll ? MOST : MOST_WITHOUT_ALL;
  switch (about.kind) {
    case 'windows': {
      const asked = about.window === null ? query : { ...query, window: about.window };
      const { pages, isCut } = await readPages(doors, '/api/occurrences', asked, most, pastOccurrencesShape);
      const occurrences = pages.flatMap((page) => page.occurrences);
      return told(tellPastOccurrences({ occurrences, days, isCut }, style), { occurrences, isCut });
    }
    case 'runs': {
      const { pages, isCut } = await readPages(doors, '/api/runs', query, most, pastRunsShape);
      const runs = pages.flatMap((page) => page.runs);
      return told(tellPastRuns({ runs, days, isCut }, style), { runs, isCut });
    }
    case 'report': {
      const path = `/api/reports/${about.reportId}/history`;
      const { pages, isCut } = await readPages(doors, path, query, most, reportHistoryShape);
      const entries = pages.flatMap((page) => page.entries);
      const [first] = pages;
      const reportName = first?.reportName ?? '';
      const lines = tellReportHistory({ reportName, reportId: about.reportId, entries, days, isCut }, style);
      return told(lines, { account: first?.account ?? null, reportName, entries, isCut });
    }
  }
}

function told(lines: readonly string[], answer: unknown): Told {
  return { exitCode: 0, lines, answer };
}

async function readPages<Page extends { readonly continuation: string | null }>(
  doors: Doors,
  path: string,
  query: Readonly<Record<string, string>>,
  most: number,
  shape: z.ZodType<Page>,
): Promise<{ readonly pages: readonly Page[]; readonly isCut: boolean }> {
  const pages: Page[] = [];
  const limit = Math.min(MAX_PAGE, most);
  let continuation: string | null = null;
  do {
    const asked: URLSearchParams = new URLSearchParams({
      ...query,
      limit: String(limit),
      ...(continuation === null ? {} : { continuation }),
    });
    const page: Page = expectAnswer(await doors.get(`${path}?${asked}`), shape);
    pages.push(page);
    continuation = page.continuation;
  } while (continuation !== null && pages.length * limit < most);
  return { pages, isCut: continuation !== null };
}
