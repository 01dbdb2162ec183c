import { z } from 'zod';

/** Key Vault's limit for a value: 25 KB. */
const maxValueInBytes = 25 * 1024;

const details = {
  contentType: z.string().max(255).optional(),
  tags: z.record(z.string().max(512), z.string().max(256)).optional(),
  attributes: z
    .object({ enabled: z.boolean().optional(), nbf: z.int().optional(), exp: z.int().optional() })
    .optional(),
};

const setSchema = z.object({
  value: z.string().refine((value) => Buffer.byteLength(value) <= maxValueInBytes),
  ...details,
});
const updateSchema = z.object(details);

/** The body that makes a new version, or null where it is not one. */
export function parseSetBody(text: string): z.infer<typeof setSchema> | null {
  return setSchema.safeParse(parseJson(text)).data ?? null;
}

/** The body that changes a version, or null where it is not one. */
export function parseUpdateBody(text: string): z.infer<typeof updateSchema> | null {
  return updateSchema.safeParse(parseJson(text)).data ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
