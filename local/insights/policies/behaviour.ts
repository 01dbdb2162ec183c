// How the service may behave in time and from one source to the next: what a list, a read by id and a PUT's answer say.
import { z } from 'zod';

const tenMinutesInMs = 600_000;
const delay = z.int().nonnegative().max(tenMinutesInMs);
const httpError = z.int().min(400).max(599);

/** How one source of reports writes them. Fields are named as the wire's camelCase has them. */
const sourceSchema = z.strictObject({
  timeForm: z
    .enum(['utc', 'noZone', 'blank', 'milliseconds', 'ticks', 'zeroOffset', 'otherZone', 'unreadable'])
    .default('utc'),
  leftOut: z.array(z.string()).default([]),
  /** Differ in each answer; a field that reports do not have is added. */
  volatile: z.array(z.string()).default([]),
  asText: z.array(z.string()).default([]),
});
export type SourcePolicy = z.infer<typeof sourceSchema>;

/** What a pause or a resume by PUT does and answers. */
const putSchema = z.strictObject({
  effect: z.enum(['now', 'late', 'never']).default('now'),
  lateByInMs: delay.default(5_000),
  /** The status that the answer shows where the effect is late or never. */
  shows: z.enum(['new', 'old']).default('new'),
  /** An error with this status instead of the answer, whatever the effect. */
  answers: httpError.nullable().default(null),
  /** So many PUTs of each report; null is all of them. */
  times: z.int().positive().nullable().default(null),
});
export type PutPolicy = z.infer<typeof putSchema>;

/** A read by id that shows what is not so, for once. */
const glitchSchema = z.strictObject({
  shows: z.enum(['Active', 'Paused', 'Inactive', 'notFound', 'oldState', 'nullTime', 'olderTime']),
  /** Only while the report really is so. */
  whenStatus: z.enum(['Active', 'Paused', 'Inactive', 'any']).default('any'),
  /** So many reads of each report pass first. */
  skip: z.int().nonnegative().default(0),
  times: z.int().positive().nullable().default(1),
  /** Not again within this time after it last was so. */
  apartInMs: delay.default(0),
});
export type Glitch = z.infer<typeof glitchSchema>;

/** The policies of this file, for the table of them all. `local/README.md` says what each one does. */
export const behaviourPolicies = {
  modifiedTimeMovesByItselfEveryMs: z.int().positive().nullable().default(null),
  modifiedTimeLateInMs: delay.default(0),
  modifiedTimeResolutionInMs: z.int().positive().max(3_600_000).default(1_000),
  dateHeaderAheadInMs: z.int().min(-tenMinutesInMs).max(tenMinutesInMs).default(0),

  listRows: sourceSchema.prefault({}),
  readsById: sourceSchema.prefault({}),
  putAnswers: sourceSchema.prefault({}),

  listLagInMs: delay.default(0),
  listOmits: z.enum(['nothing', 'paused', 'some', 'everything']).default('nothing'),
  listOmitsIds: z.array(z.string().toLowerCase()).default([]),
  listRefusedWith: httpError.nullable().default(null),
  pageShift: z.int().default(0),
  replicaLagsInMs: z.array(delay).min(1).default([0]),
  readGlitches: z.array(glitchSchema).default([]),

  pausePut: putSchema.prefault({}),
  resumePut: putSchema.prefault({}),
};
