import { z } from 'zod';

const pauseSchema = z.object({
  reportIds: z.array(z.string()),
  account: z.string(),
  untilMs: z.number().nullable(),
  reason: z.string(),
  requestId: z.string().nullable(),
  holdId: z.string().nullable(),
});

const resumeSchema = z.object({
  target: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('reports'), reportIds: z.array(z.string()) }),
    z.object({ kind: z.literal('request'), requestId: z.string() }),
  ]),
  account: z.string(),
  includeWindows: z.boolean(),
  takeOver: z.boolean(),
  endsOthers: z.boolean(),
  reason: z.string(),
});

const workSchema = z.discriminatedUnion('door', [
  z.object({ door: z.literal('tick') }),
  z.object({ door: z.literal('pause'), caller: z.string(), request: pauseSchema }),
  z.object({ door: z.literal('resume'), caller: z.string(), request: resumeSchema }),
]);

/** What a process of the service is told to do. */
export type Work = z.infer<typeof workSchema>;

export const orderSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('clock'), nowMs: z.number() }),
  z.object({ kind: z.literal('work'), workId: z.number(), work: workSchema }),
]);

export type Order = z.infer<typeof orderSchema>;

export const toldRunSchema = z.object({
  status: z.string(),
  problems: z.array(z.object({ code: z.string(), message: z.string() })).readonly(),
  results: z.array(z.object({ reportId: z.string(), outcome: z.string(), code: z.string() })).readonly(),
  events: z.array(z.object({ name: z.string(), reportId: z.string() })).readonly(),
});

/** As much of a run as tests look at. */
export type ToldRun = z.infer<typeof toldRunSchema>;

export const newsSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('ready') }),
  z.object({ kind: z.literal('clockSet') }),
  z.object({ kind: z.literal('sleeps'), dueMs: z.number() }),
  z.object({ kind: z.literal('done'), workId: z.number(), run: toldRunSchema }),
  z.object({ kind: z.literal('failed'), workId: z.number(), message: z.string() }),
]);

/** What a process of the service tells whoever started it. */
export type News = z.infer<typeof newsSchema>;
