import { z } from 'zod';

/** A field with the title and the description that people see beside it in a designer. */
export function told<Schema extends z.ZodType>(schema: Schema, title: string, description: string): Schema {
  return schema.meta({ title, description });
}

/** An instant in UTC, ISO 8601. */
export const instant = z.iso.datetime();

/** An instant with the offset and the name of a zone, RFC 9557: no `date-time` of OpenAPI, which knows no zone names. */
export const localInstant = z.string();

/** A whole number, not negative. */
export const count = z.int().min(0);
