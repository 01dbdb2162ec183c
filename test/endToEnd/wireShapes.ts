import { z } from 'zod';

const changeSchema = z.object({
  seq: z.number(),
  reportId: z.string(),
  from: z.string().nullable(),
  to: z.string().nullable(),
  operation: z.string(),
  by: z.object({ kind: z.string(), clientId: z.string().nullable(), userName: z.string().nullable() }),
});

const receivedSchema = z.object({
  seq: z.number(),
  method: z.string(),
  path: z.string(),
  headers: z.record(z.string(), z.unknown()),
  bodyText: z.string(),
  operation: z.string().nullable(),
  reportId: z.string().nullable(),
  status: z.number().nullable(),
  fault: z.string().nullable(),
});

const resultSchema = z.object({
  reportId: z.string(),
  outcome: z.string(),
  code: z.string(),
  message: z.string(),
  before: z.string().nullable(),
  after: z.string().nullable(),
  attempts: z.number(),
  requestId: z.string().nullable(),
});

/** A run as a caller of the doors reads it. */
export const runSchema = z.object({
  runId: z.string(),
  correlationId: z.string(),
  door: z.string(),
  status: z.enum(['ok', 'partial', 'failed']),
  summary: z.record(z.string(), z.number()),
  problems: z.array(z.object({ code: z.string(), message: z.string() })),
  results: z.array(resultSchema),
  events: z.array(z.object({ name: z.string(), reportId: z.string() })),
});

/** A problem document, with the run where there was one. */
export const problemSchema = z.object({
  type: z.string(),
  title: z.string(),
  status: z.number(),
  code: z.string(),
  errors: z.array(z.object({ pointer: z.string(), message: z.string() })).optional(),
  run: runSchema.optional(),
});

export const changesSchema = z.array(changeSchema);
export const requestsSchema = z.array(receivedSchema);
export const stateSchema = z.object({
  reports: z.array(z.object({ reportId: z.string(), reportStatus: z.string() })),
});

export type Run = z.infer<typeof runSchema>;
export type Problem = z.infer<typeof problemSchema>;
