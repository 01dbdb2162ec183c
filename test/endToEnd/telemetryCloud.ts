import { mkdtempSync, readdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createCertificateAuthority } from '../../local/certificates/createCertificateAuthority.ts';
import { HOST_NAMES } from '../../local/certificates/hostNames.ts';
import { standInRequest } from '../../local/telemetry/standInRequest.ts';
import { startIngestion } from '../../local/telemetry/startIngestion.ts';
import { buildApp } from './buildApp.ts';
import { startCloud } from './cloudUnderTest.ts';

const preload = pathToFileURL(join(process.cwd(), 'local/certificates/resolveLocalhost.mjs')).href;

/** The part of the bundle that alone knows Application Insights. */
const EXPORTER = 'dist/azureMonitor.cjs';

/**
 * The cloud with the ingestion of an Application Insights that takes tokens only, and apps that send to it. The emulator's own
 * account has what another file has left there: one file alone may use it.
 */
export async function startTelemetryCloud(connectionString: string) {
  const directory = mkdtempSync(join(tmpdir(), 'intermission-telemetry-'));
  const appDirectory = buildApp();
  const cloud = await startCloud(appDirectory, Date.now, connectionString);
  const authority = await createCertificateAuthority(directory);
  const ingestion = await startIngestion({
    ...{ port: 0, issuer: cloud.issuer, demandsToken: true, nowMs: Date.now },
    certificate: await authority.issue(HOST_NAMES.ingest),
  });
  const settings = {
    APPLICATIONINSIGHTS_CONNECTION_STRING: ingestion.connectionString,
    APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'Authorization=AAD',
    NODE_EXTRA_CA_CERTS: authority.certificateFile,
    WEBSITE_SITE_NAME: 'intermission-test',
  };
  return {
    ...cloud,
    ingestion,
    /** Starts an app that sends its telemetry here, unless a setting says otherwise. */
    startApp: async (more: Readonly<Record<string, string>> = {}) => {
      const app = await cloud.start({ ...settings, ...more }, ['--import', preload]);
      app.host.onInvoked((one) => ingestion.take(standInRequest(one, ingestion.instrumentationKey)));
      return app;
    },
    /** Every file of the bundle, and the one that a cold start loads. */
    bundle: () => {
      const names = readdirSync(join(appDirectory, 'dist'));
      const read = (name: string) => readFileSync(join(appDirectory, 'dist', name), 'utf8');
      return { all: names.map(read).join(''), main: read('main.cjs') };
    },
    /** Takes the exporter out of the bundle: whatever still works does so without it. */
    removeExporter: () => renameSync(join(appDirectory, EXPORTER), join(directory, 'removed.cjs')),
    stop: async () => {
      await cloud.stop();
      await ingestion.close();
      rmSync(directory, { recursive: true });
    },
  };
}

export type TelemetryCloud = Awaited<ReturnType<typeof startTelemetryCloud>>;
