import { z } from 'zod';

const hold = z.object({
  holder: z.string(),
  state: z.string(),
  who: z.string(),
  why: z.string(),
  fromUtc: z.string(),
  untilUtc: z.string().nullable(),
  requestId: z.string().nullable(),
});

const problem = z.object({ code: z.string(), account: z.string().nullish(), message: z.string() });

const report = z.object({
  account: z.string(),
  reportId: z.string(),
  reportName: z.string(),
  status: z.string().nullable(),
  ownership: z.string().nullable(),
  holds: z.array(hold),
  holdCount: z.number().nullish(),
  expectedResumeUtc: z.string().nullable(),
  expectedResumeReason: z.string(),
  reason: z.string(),
  message: z.string(),
  attention: z.array(z.object({ cause: z.string() })).nullish(),
});

const windowProblem = z.object({
  window: z.string().nullable(),
  pointer: z.string(),
  code: z.string(),
  message: z.string(),
  severity: z.string(),
});

/** `GET /api/reports`. */
export const reportsShape = z.object({
  reports: z.array(report),
  problems: z.array(problem),
  // Missing in answers of an older app, which knows no filter.
  continuation: z.string().nullish(),
});

/** `GET /api/reports/{id}`. */
export const explainedShape = report.extend({
  // An app that is older than this command does not tell it.
  evidence: z.string().nullish(),
  history: z.array(
    z.object({
      atUtc: z.string(),
      what: z.string(),
      who: z.string(),
      why: z.string(),
      runId: z.string(),
      observed: z.string().nullable(),
      requestId: z.string().nullable(),
    }),
  ),
});

const occurrence = z.object({ fromUtc: z.string(), untilUtc: z.string().nullable() });

/** `GET /api/windows`. */
export const windowsShape = z.object({
  areReadable: z.boolean(),
  windows: z.array(
    z.object({
      name: z.string(),
      account: z.string(),
      enabled: z.boolean(),
      // Missing in answers of an app that is older than this command.
      fingerprint: z.string().optional(),
      timeZone: z.string(),
      validFrom: z.string().nullish(),
      validTo: z.string().nullish(),
      now: occurrence.nullable(),
      said: z.object({ what: z.string(), untilUtc: z.string(), who: z.string(), why: z.string() }).nullish(),
      next: z.array(occurrence),
      state: z.string().optional(),
      rule: z.string().optional(),
      selects: z
        .object({
          count: z.number(),
          reports: z.array(z.object({ reportName: z.string() })),
          exemptCount: z.number().nullish(),
        })
        .nullish(),
    }),
  ),
  problems: z.array(windowProblem),
});

/** `GET /api/accounts`. */
export const accountsShape = z.object({
  accounts: z.array(
    z.object({
      name: z.string(),
      surface: z.string(),
      signIn: z.string(),
      lookedAfter: z.number(),
      lastLookUtc: z.string().nullable(),
      nextLookUtc: z.string().nullable(),
      failure: z.object({ code: z.string(), message: z.string() }).nullable(),
    }),
  ),
});

/** `GET /api/health/details`. */
export const healthShape = z.object({
  status: z.string(),
  // An app that is older than this command does not tell it.
  version: z.string().optional(),
  problems: z.array(
    z.object({
      name: z.string().optional(),
      window: z.string().nullish(),
      source: z.string().nullish(),
      pointer: z.string().optional(),
      code: z.string().optional(),
      message: z.string(),
      severity: z.string().optional(),
    }),
  ),
  timeZoneData: z.string(),
  // Missing where the settings or the ledger cannot be read, and from an app that is older than this command.
  learned: z.array(z.object({ account: z.string(), words: z.string() })).optional(),
  learnedNotShown: z.number().optional(),
});

/** `GET /api/plan`. */
export const planShape = z.object({
  atUtc: z.string(),
  mode: z.string(),
  reports: z.array(
    z.object({
      reportId: z.string(),
      reportName: z.string(),
      status: z.string().nullable(),
      action: z.string(),
      message: z.string(),
      inFlight: z.number().nullable(),
      executionsInWindowUtc: z.array(z.string()),
    }),
  ),
  forecast: z.array(
    z.object({
      window: z.string(),
      fromUtc: z.string(),
      untilUtc: z.string().nullable(),
      actions: z.record(z.string(), z.number()),
      executions: z.number(),
    }),
  ),
  forecastCutAtUtc: z.string().nullable(),
  inWords: z.array(z.string()).optional(),
  warnings: z.array(windowProblem),
  problems: z.array(problem),
});

/** A run: the answer of `pause`, `resume`, `end`, `extend`, `tick` and `drain`, and of a run that is done. */
export const runShape = z.object({
  runId: z.string(),
  door: z.string(),
  status: z.string(),
  startedUtc: z.string(),
  durationInMs: z.number(),
  occurrence: z.object({ window: z.string(), untilUtc: z.string() }).optional(),
  dryRun: z.boolean().optional(),
  // Of a pause; missing in answers of an app that is older than this command.
  untilUtc: z.string().nullish(),
  summary: z.record(z.string(), z.number()),
  problems: z.array(problem),
  results: z.array(
    z.object({
      reportId: z.string(),
      reportName: z.string(),
      outcome: z.string(),
      code: z.string(),
      message: z.string(),
      after: z.string().nullable(),
      requestId: z.string().nullable(),
    }),
  ),
});

const readyReport = z.object({
  reportId: z.string(),
  reportName: z.string(),
  code: z.string(),
  message: z.string(),
});

/** `GET /api/windows/{window}/ready`. */
export const readinessShape = z.object({
  isReady: z.boolean(),
  occurrence,
  counts: z.object({
    ...{ selected: z.number(), paused: z.number(), pausedByOthers: z.number(), notPaused: z.number() },
    ...{ waiting: z.number(), executions: z.number(), executionsUnread: z.number() },
  }),
  waiting: z.array(readyReport),
  notPaused: z.array(readyReport),
  executions: z.array(
    z.object({
      reportId: z.string(),
      reportName: z.string(),
      executionId: z.string(),
      status: z.string(),
    }),
  ),
  problem: z.object({ code: z.string(), message: z.string() }).nullable(),
});

/** 202: a run that works on. */
export const workingShape = z.object({
  runId: z.guid(),
  status: z.literal('working'),
  total: z.number(),
  done: z.number(),
});

/** A problem document, RFC 9457. */
export const problemShape = z.object({
  code: z.string(),
  title: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  // Of a window that is not open.
  opensUtc: z.string().nullish(),
  candidates: z.array(z.object({ reportId: z.string(), reportName: z.string() })).optional(),
});

/** A problem document around a run. */
export const problemWithRunShape = problemShape.extend({ run: runShape });

export type Hold = z.infer<typeof hold>;
export type Report = z.infer<typeof report>;
export type Reports = z.infer<typeof reportsShape>;
export type Explained = z.infer<typeof explainedShape>;
export type Windows = z.infer<typeof windowsShape>;
export type Accounts = z.infer<typeof accountsShape>;
export type Health = z.infer<typeof healthShape>;
export type WindowProblem = z.infer<typeof windowProblem>;
export type Plan = z.infer<typeof planShape>;
export type Run = z.infer<typeof runShape>;
export type RunResult = Run['results'][number];
export type Working = z.infer<typeof workingShape>;
export type Readiness = z.infer<typeof readinessShape>;
export type Problem = z.infer<typeof problem>;
