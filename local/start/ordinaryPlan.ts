import { composeSettings, readSettingsFile } from './localSettings.ts';
import type { LocalCloudPlan } from './startLocalCloud.ts';

/** What plain `npm start` runs: the person's own settings over the sample's, by the machine's clock. */
export function ordinaryPlan(options: {
  appDirectory: string;
  functionsPort: number;
  emulatorPort: number;
}): LocalCloudPlan {
  const sample = readSettingsFile(options.appDirectory, 'local.settings.sample.json');
  const own = readSettingsFile(options.appDirectory, 'local.settings.json');
  const { AZURE_CLIENT_ID } = own;
  return {
    ...options,
    settings: (addresses) => composeSettings({ sample, own, addresses, nowMs: Date.now() }),
    userAssignedClientIds: AZURE_CLIENT_ID === undefined ? [] : [AZURE_CLIENT_ID],
    nowMs: () => Date.now(),
    nodeArguments: [],
  };
}
