import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';

/** App settings as the environment of the functions carries them. */
export type AppSettings = Readonly<Record<string, string>>;

const settingsFileSchema = z.object({ Values: z.record(z.string(), z.string()) });
const windowSettings = ['PAUSE_SCHEDULE', 'PAUSE_DURATION', 'TIME_ZONE'];
const windowStartedMinutesAgo = 5;

/** Reports of the emulator's built-in seed: four active ones, one that a person paused, one that has run out. */
const sampleReportIds = [1, 2, 3, 4, 9, 11].map(
  (number) => `a0000000-0000-4000-8000-${String(number).padStart(12, '0')}`,
);

/** The secret of the source that `npm start` takes webhooks from. */
export const sampleSecretName = 'webhook-sample';

const sampleSources = [
  { name: 'sample', kind: 'standard', secretName: sampleSecretName, reports: { ids: sampleReportIds } },
];

/**
 * The settings of `npm start`, later ones winning: the sample file, a window that is on now and a source of webhooks, the person's own
 * `local.settings.json` (what it leaves empty or as in the sample does not count), the addresses of the local cloud. So
 * that a copied sample never sends the local functions to the real Partner Center.
 */
export function composeSettings(options: {
  sample: AppSettings;
  own: AppSettings;
  addresses: AppSettings;
  nowMs: number;
}): AppSettings {
  const { sample, own, addresses, nowMs } = options;
  const changed = Object.entries(own).filter(([name, value]) => value !== '' && value !== sample[name]);
  const hasOwnWindow = changed.some(([name]) => name === 'PAUSE_SCHEDULE');
  const counted = changed.filter(([name]) => hasOwnWindow || !windowSettings.includes(name));
  const window = hasOwnWindow ? {} : windowThatIsOn(nowMs);
  return {
    ...sample,
    REPORT_IDS: sampleReportIds.join(','),
    WEBHOOKS: JSON.stringify(sampleSources),
    ...window,
    ...Object.fromEntries(counted),
    ...addresses,
  };
}

function windowThatIsOn(nowMs: number): AppSettings {
  const start = new Date(nowMs - windowStartedMinutesAgo * 60_000);
  return {
    PAUSE_SCHEDULE: `${start.getUTCMinutes()} ${start.getUTCHours()} * * *`,
    PAUSE_DURATION: 'PT1H',
    TIME_ZONE: 'UTC',
  };
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
