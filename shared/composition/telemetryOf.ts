import { hostname } from 'node:os';
import { VERSION } from '../http/version.ts';
import type { Settings } from '../settings/readSettings.ts';
import { managedIdentityCredential } from '../signIn/managedIdentity.ts';
import { createTelemetry } from '../telemetry/createTelemetry.ts';
import { parseAuthentication } from '../telemetry/parseAuthentication.ts';
import { noTelemetry, type Telemetry } from '../telemetry/telemetry.ts';
import type { Sender } from '../telemetry/telemetryItem.ts';
import { watchAzureSdks } from '../telemetry/watchAzureSdks.ts';
import { watchFetch } from '../telemetry/watchFetch.ts';
import type { Clock } from '../time/clock.ts';

/** One attempt to send, from connecting to the last byte. */
const ATTEMPT_IN_MS = 10_000;

/** What keeps the exporters from sending anything but what they are given. Source: their own constants. */
const SILENT = {
  APPLICATION_INSIGHTS_NO_STATSBEAT: 'true',
  APPLICATIONINSIGHTS_SDKSTATS_DISABLED: 'true',
  APPLICATIONINSIGHTS_OPENTELEMETRY_RESOURCE_METRIC_DISABLED: 'true',
};

/**
 * Telemetry to Application Insights where the settings name one, else none. The exporter is loaded when the first items
 * are sent, which is never before the work that they tell of.
 */
export function telemetryOf(options: {
  readonly settings: Settings;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly credential: ReturnType<typeof managedIdentityCredential>;
  readonly clock: Clock;
}): Telemetry {
  const { settings, environment, clock } = options;
  const connectionString = settings.APPLICATIONINSIGHTS_CONNECTION_STRING;
  if (connectionString === null) {
    return noTelemetry;
  }
  const openSender = async (): Promise<Sender> => {
    Object.assign(process.env, SILENT);
    const [{ openAzureMonitor }, credential] = await Promise.all([
      import('../telemetry/azureMonitor.ts'),
      credentialOf(options),
    ]);
    return openAzureMonitor({
      ...{ connectionString, credential, version: VERSION, attemptInMs: ATTEMPT_IN_MS, now: clock.now },
      role: environment['WEBSITE_SITE_NAME'] ?? 'intermission',
      instance: environment['WEBSITE_INSTANCE_ID'] ?? environment['CONTAINER_NAME'] ?? hostname(),
    });
  };
  const telemetry = createTelemetry({ clock, openSender });
  watchAzureSdks(telemetry, clock);
  watchFetch(telemetry, clock);
  return telemetry;
}

async function credentialOf({ settings, credential }: Parameters<typeof telemetryOf>[0]) {
  const { byEntra, clientId } = parseAuthentication(settings.APPLICATIONINSIGHTS_AUTHENTICATION_STRING);
  if (!byEntra) {
    return null;
  }
  const isTheApps = clientId === null || clientId === settings.AZURE_CLIENT_ID;
  return isTheApps ? credential() : managedIdentityCredential(clientId)();
}
