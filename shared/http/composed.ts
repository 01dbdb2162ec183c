import type { DriveWork } from '../runs/driveAccount.ts';
import type { SeenRun } from '../runs/recentRuns.ts';
import type { SubmitWork } from '../runs/submitRun.ts';
import type { Service } from '../service/createService.ts';
import type { ServiceParts } from '../service/serviceParts.ts';
import type { SourcedWindows } from '../service/windowSource.ts';
import type { SettingProblem, Settings } from '../settings/readSettings.ts';
import type { Telemetry } from '../telemetry/telemetry.ts';
import type { WebhookParts } from '../webhooks/webhookParts.ts';

/** The service, or every reason why the settings make none. */
export type Composed =
  | {
      readonly ok: true;
      readonly settings: Settings;
      readonly parts: ServiceParts;
      readonly service: Service;
      readonly runs: SubmitWork & DriveWork;
      readonly webhooks: WebhookParts;
      readonly telemetry: Telemetry;
      /** The windows as they were read within the last half minute: what is told to anybody costs no storage. */
      readonly recentWindows: () => Promise<SourcedWindows>;
      /** A run as it was read within the last two seconds. */
      readonly recentRuns: (runId: string) => Promise<SeenRun | null>;
    }
  | { readonly ok: false; readonly problems: readonly SettingProblem[] };
