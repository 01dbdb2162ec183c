import { z } from 'zod';

/** A JSON object whose keys are trimmed and in lower case, since the documents print them in several casings. */
export function parseBody(bodyText: string): Record<string, unknown> | null {
  try {
    const parsed = z.record(z.string(), z.unknown()).safeParse(JSON.parse(bodyText));
    if (!parsed.success) {
      return null;
    }
    return Object.fromEntries(
      Object.entries(parsed.data).map(([key, value]) => [key.trim().toLowerCase(), value]),
    );
  } catch {
    return null;
  }
}

const text = z.string().nullish();

/** What create and update may carry, by lower-case key. Which of it is required is decided by `checkReportBody`. */
export const reportBodySchema = z.object({
  reportname: text,
  description: text,
  queryid: text,
  starttime: text,
  endtime: text,
  executenow: z.boolean().nullish(),
  querystarttime: text,
  queryendtime: text,
  recurrenceinterval: z.int().nullish(),
  recurrencecount: z.int().nullish(),
  format: text,
  callbackurl: text,
  callbackmethod: text,
});
export type ReportBody = z.infer<typeof reportBodySchema>;
