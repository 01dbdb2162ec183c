import { z } from 'zod';
import { parseDurationMs } from '../windows/duration.ts';

/** Text, trimmed; null where the setting is missing. */
export function optionalText(schema: z.ZodType<string, string> = z.string()) {
  return z
    .string()
    .trim()
    .pipe(schema)
    .optional()
    .transform((text) => text ?? null);
}

/** A whole number written in digits, within bounds. */
export function wholeNumber({ min, max, otherwise }: { min: number; max: number; otherwise: number }) {
  const message = `must be a whole number from ${min} to ${max}`;
  return z
    .string()
    .trim()
    .regex(/^\d{1,15}$/, message)
    .transform(Number)
    .pipe(z.number().min(min, message).max(max, message))
    .optional()
    .transform((value) => value ?? otherwise);
}

/** A list written as a JSON array of strings or with commas between its items. */
export function listOf(item: z.ZodType<string, string>) {
  const asArray = z.string().transform((text, context): unknown => {
    const trimmed = text.trim();
    if (!trimmed.startsWith('[')) {
      return trimmed.split(',').map((part) => part.trim());
    }
    try {
      return JSON.parse(trimmed);
    } catch {
      context.addIssue({ code: 'custom', message: 'starts like a JSON array but is not one' });
      return z.NEVER;
    }
  });
  return asArray
    .pipe(z.array(item, 'must be a comma list or a JSON array of strings'))
    .optional()
    .transform((items) => items ?? []);
}

/** An ISO 8601 duration, in milliseconds. The problem does not repeat the value, as no problem of a setting does. */
export function duration({ otherwise }: { otherwise: string }) {
  return z
    .string()
    .default(otherwise)
    .transform((text, context): number => {
      const parsed = parseDurationMs(text);
      if (parsed.ok) {
        return parsed.value;
      }
      context.addIssue({ code: 'custom', message: `must be an ISO 8601 duration like ${otherwise}` });
      return z.NEVER;
    });
}
