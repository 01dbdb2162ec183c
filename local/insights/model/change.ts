import { z } from 'zod';
import { familySchema, reportStatusSchema } from './report.ts';

export const actorSchema = z.union([
  z.strictObject({
    kind: z.enum(['app', 'user']),
    tenantId: z.string(),
    clientId: z.string(),
    userName: z.string().nullable(),
  }),
  z.strictObject({
    kind: z.literal('human'),
    tenantId: z.string(),
    clientId: z.null(),
    userName: z.string(),
  }),
  z.strictObject({
    kind: z.literal('schedule'),
    tenantId: z.string(),
    clientId: z.null(),
    userName: z.null(),
  }),
]);

/**
 * One change of a report's status, or what a person did to it: then `from` and `to` may be the same. `from` is null at
 * its creation, `to` at its deletion.
 */
export const changeSchema = z.strictObject({
  seq: z.int(),
  atUtc: z.string(),
  tenantId: z.string(),
  family: familySchema,
  reportId: z.string(),
  from: reportStatusSchema.nullable(),
  to: reportStatusSchema.nullable(),
  operation: z.string(),
  by: actorSchema,
});
export type Change = z.infer<typeof changeSchema>;
