import type { z } from 'zod';
import { settingsTable } from './settingsTable.ts';

type Table = typeof settingsTable;

/** The app's settings, parsed; one property per row of the table. */
export type Settings = { readonly [Name in keyof Table]: z.output<Table[Name]['schema']> };

/** One setting that cannot be used. Never holds the setting's value. */
export interface SettingProblem {
  readonly name: string;
  readonly message: string;
}

export type ReadSettings =
  | { readonly ok: true; readonly settings: Settings }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };

/**
 * Reads every setting of the table from `environment` and reports all problems together. An empty string is a
 * missing value; a value that cannot be parsed is refused, never guessed; a Key Vault reference that the platform
 * could not resolve arrives as its own text and is refused by name.
 */
export function readSettings(environment: Readonly<Record<string, string | undefined>>): ReadSettings {
  const problems: SettingProblem[] = [];
  const values: Record<string, unknown> = {};
  for (const [name, { schema }] of Object.entries(settingsTable)) {
    const text = environment[name]?.trim();
    if (text?.startsWith('@Microsoft.KeyVault(')) {
      problems.push({
        name,
        message: 'is a Key Vault reference that Azure could not resolve; check the reference and the role',
      });
      continue;
    }
    const parsed = schema.safeParse(text === '' ? undefined : text);
    if (parsed.success) {
      values[name] = parsed.data;
    } else {
      problems.push(...parsed.error.issues.map((issue) => ({ name, message: issue.message })));
    }
  }
  if (values['AzureWebJobsStorage'] === null && values['AzureWebJobsStorage__tableServiceUri'] === null) {
    problems.push({
      name: 'AzureWebJobsStorage',
      message:
        'is missing: give a connection string, or AzureWebJobsStorage__tableServiceUri with an identity',
    });
  }
  if (problems.length > 0) {
    return { ok: false, problems };
  }
  // Each property was made by the schema of its own row just above; the loop loses that tie, not the fact.
  return { ok: true, settings: values as Settings };
}
