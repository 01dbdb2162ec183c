import type { z } from 'zod';

/** One app setting: how it is read, and what people are told about it. */
export interface Setting<Value> {
  /** What it means, in one or two sentences, for the sample file and the README. */
  readonly meaning: string;
  /** How the default reads to a person; null where there is none and the setting may be left out. */
  readonly shownDefault: string | null;
  /** The value in `local.settings.sample.json`; null leaves it out of the sample. */
  readonly sample: string | null;
  /** Reads the text of the setting, or undefined where it is missing or empty. */
  readonly schema: z.ZodType<Value, string | undefined>;
}

/** Keeps each entry's own value type while the table is checked as a whole. */
export function setting<Value>(entry: Setting<Value>): Setting<Value> {
  return entry;
}
