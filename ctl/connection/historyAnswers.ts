import { z } from 'zod';

const continuation = z.string().nullable();

/** `GET /api/occurrences`. */
export const pastOccurrencesShape = z.object({
  occurrences: z.array(
    z.object({
      account: z.string(),
      window: z.string(),
      state: z.string(),
      inWords: z.string(),
      reports: z.array(
        z.object({
          reportId: z.string(),
          reportName: z.string(),
          outcome: z.string(),
          code: z.string().nullable(),
          message: z.string(),
          missedExecutions: z.number(),
        }),
      ),
      moreReports: z.number(),
    }),
  ),
  continuation,
});

/** `GET /api/runs`. */
export const pastRunsShape = z.object({
  runs: z.array(
    z.object({
      runId: z.string(),
      accounts: z.array(z.string()),
      status: z.string(),
      startedUtc: z.string(),
      inWords: z.string(),
    }),
  ),
  continuation,
});

/** `GET /api/reports/{id}/history`. */
export const reportHistoryShape = z.object({
  account: z.string(),
  reportName: z.string(),
  entries: z.array(z.object({ atUtc: z.string(), runId: z.string(), inWords: z.string() })),
  continuation,
});

export type PastOccurrence = z.output<typeof pastOccurrencesShape>['occurrences'][number];
export type PastRun = z.output<typeof pastRunsShape>['runs'][number];
export type HistoryEntry = z.output<typeof reportHistoryShape>['entries'][number];
