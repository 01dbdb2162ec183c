import { z } from 'zod';
import type { OccurrenceRequest, PauseRequest, ResumeRequest } from '../service/requests.ts';
import { isProblemCode, type RunProblem } from '../service/run.ts';

/** The work that a request asked for, without the list of its reports, which may be long and stands in rows of its own. */
export type Work =
  | { readonly door: 'pause'; readonly request: Omit<PauseRequest, 'reportIds'> }
  | {
      readonly door: 'resume';
      readonly request: Omit<ResumeRequest, 'target'>;
      readonly heldByRequest: string | null;
    }
  | { readonly door: 'end' | 'extend'; readonly request: OccurrenceRequest };

/** A request as it is kept: what it asked for, how far it is, and what came of it. */
export interface RunRecord {
  readonly runId: string;
  readonly correlationId: string;
  readonly caller: string;
  /** What people know the caller by; missing where there is no such name. */
  readonly callerName?: string | undefined;
  readonly work: Work;
  /** Its place in its account's order of requests; null where the settings know no such account. */
  readonly place: number | null;
  readonly state: 'working' | 'done';
  readonly startedMs: number;
  /** While it works: until then one process is on it, which moves this on; afterwards any may go on. */
  readonly busyUntilMs: number;
  /** When its message is, or was, to be seen next. */
  readonly nextMs: number;
  readonly doneMs: number | null;
  /** Whether its holds, or its word about an occurrence, are written: then a pass writes none, and what somebody ended stays ended. */
  readonly isHeld: boolean;
  /** How many reports it is about. */
  readonly total: number;
  /** How many of them are behind it. */
  readonly cursor: number;
  /** Rows of results stored so far. */
  readonly resultRows: number;
  /** Passes in a row on which nothing could be done yet. */
  readonly fruitlessTries: number;
  readonly problems: readonly RunProblem[];
  /** What came of the reports that are behind it, by outcome, and how many of them are not done. */
  readonly summary: Readonly<Record<string, number>>;
  readonly undone: number;
}

const problem = z.object({
  code: z.string().refine(isProblemCode),
  account: z.string().nullable(),
  message: z.string(),
});

const work: z.ZodType<Work> = z.discriminatedUnion('door', [
  z.object({
    door: z.literal('pause'),
    request: z.object({
      account: z.string(),
      untilMs: z.number().nullable(),
      // Missing in what a release before this one kept.
      timeZone: z.string().nullable().default(null),
      reason: z.string(),
      requestId: z.string().nullable(),
      holdId: z.string(),
    }),
  }),
  z.object({
    door: z.literal('resume'),
    request: z.object({
      account: z.string(),
      reason: z.string(),
      includeWindows: z.boolean(),
      takeOver: z.boolean(),
      // Missing in what a release before this one kept.
      endsOthers: z.boolean().default(true),
    }),
    heldByRequest: z.string().nullable(),
  }),
  z.object({
    door: z.enum(['end', 'extend']),
    request: z.object({
      ...{ account: z.string(), window: z.string(), timeZone: z.string() },
      ...{ fromMs: z.number(), untilMs: z.number(), reason: z.string() },
    }),
  }),
]);

export const runRecordShape: z.ZodType<RunRecord> = z.object({
  runId: z.string(),
  correlationId: z.string(),
  caller: z.string(),
  callerName: z.string().optional(),
  work,
  place: z.number().nullable().default(null),
  state: z.enum(['working', 'done']),
  startedMs: z.number(),
  busyUntilMs: z.number(),
  nextMs: z.number().default(0),
  doneMs: z.number().nullable(),
  isHeld: z.boolean(),
  total: z.number(),
  cursor: z.number(),
  resultRows: z.number(),
  fruitlessTries: z.number(),
  problems: z.array(problem),
  // Missing in what a release before this one kept.
  summary: z.record(z.string(), z.number()).default({}),
  undone: z.number().default(0),
});

/** A key that a caller gave a request, and the run that it stands for. */
export interface KeyRecord {
  readonly runId: string;
  /** SHA-256 of the request's body: the same key with another body is a mistake of the caller. */
  readonly bodyHash: string;
  /** The request's place in its account's order: a repeat has the same. */
  readonly place: number | null;
  readonly expiresMs: number;
}

export const keyRecordShape: z.ZodType<KeyRecord> = z.object({
  runId: z.string(),
  bodyHash: z.string(),
  place: z.number().nullable().default(null),
  expiresMs: z.number(),
});
