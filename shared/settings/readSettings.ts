import type { z } from 'zod';
import { parseApiBase } from '../insights/apiBase.ts';
import { ACCOUNT_SETTINGS, type AccountSettings, accountProblems } from './accountsOf.ts';
import { callerProblems } from './callerSettings.ts';
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
  problems.push(...newAccountProblems(values, new Set(problems.map(({ name }) => name))));
  if (values['AzureWebJobsStorage'] === null && values['AzureWebJobsStorage__tableServiceUri'] === null) {
    problems.push({
      name: 'AzureWebJobsStorage',
      message:
        'is missing: give a connection string, or AzureWebJobsStorage__tableServiceUri with an identity',
    });
  }
  problems.push(...addressProblems(values), ...windowProblems(values), ...callerProblems(values));
  if (problems.length > 0) {
    return { ok: false, problems };
  }
  // Each property was made by the schema of its own row just above; the loop loses that tie, not the fact.
  return { ok: true, settings: values as Settings };
}

/** What is wrong with the accounts, as far as it is not told already. Whether a broken list names any is not known. */
function newAccountProblems(
  values: Readonly<Record<string, unknown>>,
  told: ReadonlySet<string>,
): readonly SettingProblem[] {
  const isUnknown = (name: string) => told.has(name) || (name === 'TENANT_ID' && told.has('ACCOUNTS'));
  return accountProblems(accountSettings(values)).filter(({ name }) => !isUnknown(name));
}

/** The settings of accounts; where one cannot be used, which is told already, its default stands in. */
function accountSettings(values: Readonly<Record<string, unknown>>): AccountSettings {
  const read = ACCOUNT_SETTINGS.map((name) => [
    name,
    name in values ? values[name] : settingsTable[name].schema.parse(undefined),
  ]);
  // Each property was made by the schema of its own row; `fromEntries` loses that tie, not the fact.
  return Object.fromEntries(read) as AccountSettings;
}

/** Reports without a time would wait for ever, and nobody would be told. */
function windowProblems(values: Readonly<Record<string, unknown>>): readonly SettingProblem[] {
  const { REPORT_IDS: ids, PAUSE_SCHEDULE: schedule } = values;
  return Array.isArray(ids) && ids.length > 0 && schedule === null
    ? [{ name: 'PAUSE_SCHEDULE', message: 'is missing: REPORT_IDS alone makes no window' }]
    : [];
}

/** An address that the token may not be sent to is told at once, and not only by the first call. */
function addressProblems(values: Readonly<Record<string, unknown>>): readonly SettingProblem[] {
  const { INSIGHTS_BASE_URL: address, EXTRA_API_HOSTS: hosts } = values;
  if (typeof address !== 'string' || !Array.isArray(hosts)) {
    return [];
  }
  const base = parseApiBase(address, hosts.map(String));
  return base.ok ? [] : [{ name: 'INSIGHTS_BASE_URL', message: base.problem }];
}
