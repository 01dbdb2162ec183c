import { existsSync } from 'node:fs';
import { localAccounts, TWO_ACCOUNTS } from './localAccounts.ts';
import { localKeys } from './localKeys.ts';
import { composeSettings, readSettingsFile, sampleReportIds } from './localSettings.ts';
import type { LocalCloudPlan } from './startLocalCloud.ts';

/** So many reports of a seed the sample's window holds: their ids stand in one setting. */
const MAX_SAMPLE_REPORTS = 50;

/** What plain `npm start` runs: the person's own settings over the sample's, by the machine's clock. */
export function ordinaryPlan(options: {
  readonly appDirectory: string;
  readonly functionsPort: number;
  readonly emulatorPort: number;
  readonly seedFile: string | null;
  readonly hasTwoAccounts: boolean;
  readonly hasSample: boolean;
  /** False leaves the timer's ticks out, so that the tick that is asked for is the only one. */
  readonly hasTimer: boolean;
  readonly say: (text: string) => void;
}): LocalCloudPlan {
  const { appDirectory, functionsPort, emulatorPort, seedFile, hasTwoAccounts, hasSample, hasTimer, say } =
    options;
  if (seedFile !== null && !existsSync(seedFile)) {
    throw new Error(`--seed: there is no file ${seedFile}.`);
  }
  const sample = readSettingsFile(appDirectory, 'local.settings.sample.json');
  const own = readSettingsFile(appDirectory, 'local.settings.json');
  const { AZURE_CLIENT_ID, ACCOUNTS = '' } = own;
  const written = hasTwoAccounts ? TWO_ACCOUNTS : ACCOUNTS;
  return {
    ...{ appDirectory, functionsPort, emulatorPort, seedFile },
    settings: (addresses, { emulatorUrl, seededIds }) => {
      const accounts = written === '' ? null : localAccounts(written, emulatorUrl);
      if (accounts !== null && accounts.leftOut.length > 0) {
        say(
          `Not served here: ${accounts.leftOut.join(', ')}. The local cloud has one account of each API family.`,
        );
      }
      const reportIds = seedFile === null ? sampleReportIds : seededIds.slice(0, MAX_SAMPLE_REPORTS);
      const settings = composeSettings({
        ...{ sample, own, addresses, accounts, nowMs: Date.now() },
        reportIds: hasSample ? reportIds : [],
      });
      const resting = hasTimer ? {} : { 'AzureWebJobs.tick.Disabled': 'true' };
      return { settings: { ...settings, ...resting }, accountName: accounts?.mpnName ?? null };
    },
    keys: localKeys(appDirectory),
    userAssignedClientIds: AZURE_CLIENT_ID === undefined ? [] : [AZURE_CLIENT_ID],
    nowMs: () => Date.now(),
    nodeArguments: [],
  };
}
