import { z } from 'zod';

/** What the compiler and its linter say of a source. */
export const diagnosticsShape = z.array(
  z.object({
    source: z.string(),
    range: z.object({ start: z.object({ line: z.number(), char: z.number() }) }),
    level: z.string(),
    code: z.string(),
    message: z.string(),
  }),
);

/** One line for each, whatever its level; null where there is none. Pure. */
export function tellDiagnostics(diagnostics: z.output<typeof diagnosticsShape>): string | null {
  const lines = diagnostics.map(
    ({ source, range: { start }, level, code, message }) =>
      `${source}:${start.line + 1}:${start.char + 1} ${level} ${code}: ${message}`,
  );
  return lines.length === 0 ? null : lines.join('\n');
}
