import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { LocalAccounts } from './localAccounts.ts';

/** App settings as the environment of the functions carries them. */
export type AppSettings = Readonly<Record<string, string>>;

const settingsFileSchema = z.object({ Values: z.record(z.string(), z.string()) });
const windowSettings = ['PAUSE_SCHEDULE', 'PAUSE_DURATION', 'TIME_ZONE'];
const windowStartedMinutesAgo = 5;

/** Reports of the emulator's built-in seed: four active ones, one that a person paused, one that has run out. */
export const sampleReportIds: readonly string[] = [1, 2, 3, 4, 9, 11].map(
  (number) => `a0000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
);

/** The secret of the source that `npm start` takes webhooks from. */
export const sampleSecretName = 'webhook-sample';

/**
 * The settings of `npm start`, later ones winning: the sample file, a window that is on now and a source of webhooks, the person's own
 * `local.settings.json` (what it leaves empty or as in the sample does not count), the addresses of the local cloud. So
 * that a copied sample never sends the local functions to the real Partner Center. With `accounts` these are all there are.
 */
export function composeSettings(options: {
  readonly sample: AppSettings;
  readonly own: AppSettings;
  readonly addresses: AppSettings;
  readonly nowMs: number;
  /** Whom the sample's window and source hold; none where neither shall be. */
  readonly reportIds: readonly string[];
  readonly accounts: LocalAccounts | null;
}): AppSettings {
  const { sample, own, addresses, nowMs, reportIds, accounts } = options;
  const changed = Object.entries(own).filter(([name, value]) => value !== '' && value !== sample[name]);
  const hasOwnWindow = changed.some(([name]) => name === 'PAUSE_SCHEDULE');
  const counted = changed.filter(([name]) => hasOwnWindow || !windowSettings.includes(name));
  const hasSample = reportIds.length > 0 && accounts?.mpnName !== null;
  return {
    ...sample,
    ...(hasSample ? { WEBHOOKS: sampleSources(reportIds, accounts) } : {}),
    ...(hasSample && !hasOwnWindow ? windowThatIsOn(nowMs, reportIds, accounts) : {}),
    ...(hasSample ? {} : { PAUSE_SCHEDULE: '' }),
    ...Object.fromEntries(counted),
    ...addresses,
    ...(accounts === null ? {} : { ACCOUNTS: accounts.text, TENANT_ID: '' }),
  };
}

function sampleSources(reportIds: readonly string[], accounts: LocalAccounts | null): string {
  const account = accounts === null ? {} : { account: accounts.mpnName };
  const source = { name: 'sample', kind: 'standard', secretName: sampleSecretName, ...account };
  return JSON.stringify([{ ...source, reports: { ids: reportIds } }]);
}

/** The simple settings make a window of the simple account alone; where there are others it is written out. */
function windowThatIsOn(
  nowMs: number,
  reportIds: readonly string[],
  accounts: LocalAccounts | null,
): AppSettings {
  const begun = new Date(nowMs - windowStartedMinutesAgo * 60_000);
  const start = `${begun.getUTCMinutes()} ${begun.getUTCHours()} * * *`;
  if (accounts === null) {
    const simple = { PAUSE_SCHEDULE: start, PAUSE_DURATION: 'PT1H', TIME_ZONE: 'UTC' };
    return { REPORT_IDS: reportIds.join(','), ...simple };
  }
  const schedule = { start, duration: 'PT1H', timeZone: 'UTC' };
  const windows = [{ name: 'sample', account: accounts.mpnName, schedule, reports: { ids: reportIds } }];
  return { PAUSE_SCHEDULE: '', MAINTENANCE_WINDOWS: JSON.stringify(windows) };
}

/** The `Values` of a settings file; empty where there is no such file. @throws Error in one sentence where it is broken. */
export function readSettingsFile(directory: string, name: string): AppSettings {
  const file = join(directory, name);
  try {
    return settingsFileSchema.parse(JSON.parse(readFileSync(file, 'utf8'))).Values;
  } catch (error: unknown) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') {
      return {};
    }
    const reason = error instanceof z.ZodError ? z.prettifyError(error) : String(error);
    throw new Error(`${name} cannot be used: ${reason}`, { cause: error });
  }
}
