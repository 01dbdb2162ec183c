import { z } from 'zod';
import type { Measurement } from '../measurement.ts';

/** A measurement as its bench printed it. */
export const measurementShape: z.ZodType<Measurement> = z.object({
  name: z.string(),
  ratio: z.string(),
  goals: z.array(z.object({ text: z.string(), isMet: z.boolean() })),
  columns: z.array(z.string()),
  rows: z.array(z.array(z.string())),
  notes: z.array(z.string()),
});
