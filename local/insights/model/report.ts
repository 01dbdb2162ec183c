import { z } from 'zod';
import { isKeptInstant, parseInstant } from './instant.ts';

/** Reports, queries and quotas of the two APIs live apart; `cmp` v1 and v1.1 show the same ones. */
export const familySchema = z.enum(['mpn', 'cmp']);
export type Family = z.infer<typeof familySchema>;

/** The partner tenant that everything belongs to which names no other. */
export const DEFAULT_TENANT_ID = '11111111-1111-4111-8111-111111111111';

export const instantSchema = z
  .string()
  .refine((text) => parseInstant(text) !== null, 'must be an instant as yyyy-MM-ddTHH:mm:ssZ');
export const idSchema = z.guid().transform((id) => id.toLowerCase());
export const reportStatusSchema = z.enum(['Active', 'Paused', 'Inactive']);
export type ReportStatus = z.infer<typeof reportStatusSchema>;

const scheduleSchema = z.strictObject({
  /** Every run due until then has been made or counted as missed; null before the first look. */
  consideredUntilMs: z.number().nullable().default(null),
  generatedCount: z.int().nonnegative().default(0),
  missedCount: z.int().nonnegative().default(0),
  missedSincePause: z.int().nonnegative().default(0),
  pausedSinceMs: z.number().nullable().default(null),
  /** How far the policy `missedRuns: "shift"` has moved the whole schedule. */
  shiftInMs: z.number().default(0),
});

/** A report as the emulator keeps it: the wire's fields, its owner, and how far its schedule has come. */
export const reportSchema = z.strictObject({
  tenantId: idSchema.default(DEFAULT_TENANT_ID),
  family: familySchema.default('mpn'),
  reportId: idSchema,
  reportName: z.string(),
  description: z.string().default(''),
  queryId: idSchema.default('d1a4d75e-5ca8-4847-845f-ee0a9be6f07b'),
  query: z
    .string()
    .default('SELECT UsageDate,SubscriptionId,MeterCategory,Quantity FROM AzureUsage TIMESPAN LAST_6_MONTHS'),
  user: z.string().default('reports@partner.example'),
  createdTime: instantSchema.default('2026-01-05T08:00:00Z'),
  modifiedTime: z
    .string()
    .refine(isKeptInstant, 'must be an instant as yyyy-MM-ddTHH:mm:ssZ')
    .nullable()
    .default(null),
  executeNow: z.boolean().default(false),
  startTime: instantSchema.default('2026-01-05T18:00:00Z'),
  endTime: instantSchema.nullable().default(null),
  queryStartTime: instantSchema.nullable().default(null),
  queryEndTime: instantSchema.nullable().default(null),
  reportStatus: reportStatusSchema.default('Active'),
  recurrenceInterval: z.int().positive().default(24),
  recurrenceCount: z.int().positive().nullable().default(null),
  callbackUrl: z.string().nullable().default(null),
  callbackMethod: z.string().nullable().default(null),
  format: z.enum(['csv', 'tsv']).default('csv'),
  schedule: scheduleSchema.prefault({}),
});
export type Report = z.infer<typeof reportSchema>;

/** Where a report is kept: ids are compared without regard to case, and per tenant and family. */
export function reportKey(report: { tenantId: string; family: Family; reportId: string }): string {
  return `${report.tenantId}|${report.family}|${report.reportId}`.toLowerCase();
}
