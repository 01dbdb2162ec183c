import { z } from 'zod';
import { DEFAULT_TENANT_ID, familySchema, idSchema, instantSchema } from './report.ts';

/** A user-defined query. System queries are the same for everybody: `operations/systemQueries.ts`. */
export const querySchema = z.strictObject({
  tenantId: idSchema.default(DEFAULT_TENANT_ID),
  family: familySchema.default('mpn'),
  queryId: idSchema,
  name: z.string(),
  description: z.string().default(''),
  query: z.string(),
  user: z.string().default('reports@partner.example'),
  createdTime: instantSchema.default('2026-01-05T08:00:00Z'),
});
export type Query = z.infer<typeof querySchema>;
