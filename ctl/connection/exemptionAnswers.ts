import { z } from 'zod';

const named = z.object({
  count: z.number(),
  reports: z.array(z.object({ reportId: z.string(), reportName: z.string() })),
});

const exemption = z.object({
  id: z.string(),
  account: z.string(),
  reports: z.object({
    ids: z.array(z.string()).nullable(),
    all: z.boolean(),
    namePattern: z.string().nullable(),
    queryId: z.string().nullable(),
  }),
  allWindows: z.boolean(),
  windows: z.array(z.string()),
  untilUtc: z.string(),
  who: z.string(),
  why: z.string(),
  state: z.string(),
  ended: z.object({ who: z.string(), why: z.string(), atUtc: z.string() }).nullable(),
  leavesOut: named.nullable(),
});

/** `POST /api/exemptions`, and of one that is ended. */
export const exemptionChangeShape = z.object({
  exemption,
  effect: z.object({ resumes: named, pauses: named, staysPaused: named }).nullable(),
  actsUtc: z.string(),
  dryRun: z.boolean(),
});

/** `GET /api/exemptions`. */
export const exemptionsShape = z.object({
  exemptions: z.array(exemption),
  problems: z.array(z.object({ code: z.string(), account: z.string(), message: z.string() })),
});

export type NamedReports = z.infer<typeof named>;
export type Exemption = z.infer<typeof exemption>;
export type Exemptions = z.infer<typeof exemptionsShape>;
export type ExemptionChange = z.infer<typeof exemptionChangeShape>;
