import { z } from 'zod';
import type { Exemption } from '../model/exemption.ts';

const instant = z.number();

/** An exemption as its row holds it. */
export const exemptionShape: z.ZodType<Exemption> = z.object({
  id: z.string(),
  reports: z.discriminatedUnion('kind', [
    z.object({ kind: z.literal('ids'), reportIds: z.array(z.string()) }),
    z.object({
      ...{ kind: z.literal('match'), all: z.boolean() },
      ...{ namePattern: z.string().nullable(), queryId: z.string().nullable() },
    }),
  ]),
  windows: z.array(z.string()).nullable(),
  ...{ untilMs: instant, timeZone: z.string().nullable(), caller: z.string() },
  ...{ by: z.string(), why: z.string(), atMs: instant, place: z.number(), asked: z.string().nullable() },
  ended: z.object({ by: z.string(), why: z.string(), atMs: instant }).nullable(),
});
