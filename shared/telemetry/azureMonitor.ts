// The way to Application Insights, as a lazy chunk of the bundle: nothing else loads the exporter.
import {
  type AzureMonitorExporterOptions,
  AzureMonitorLogExporter,
  AzureMonitorMetricExporter,
  AzureMonitorTraceExporter,
} from '@azure/monitor-opentelemetry-exporter';
import { resourceFromAttributes } from '@opentelemetry/resources';
import type { TokenCredential } from '../ledger/azureTypes.ts';
import { createIngestionWatch, type IngestionWatch } from './ingestionWatch.ts';
import { judgeIngestion } from './judgeIngestion.ts';
import type { Batch, Sender } from './telemetryItem.ts';
import { toLogRecord, toResourceMetrics, toSpan } from './toOpenTelemetry.ts';

/** Where telemetry goes, and as whose. */
export interface AzureMonitorOptions {
  readonly connectionString: string;
  /** Null where the instrumentation key alone opens the ingestion. */
  readonly credential: TokenCredential | null;
  /** `cloud_RoleName`. */
  readonly role: string;
  /** `cloud_RoleInstance`. */
  readonly instance: string;
  /** `application_Version`. */
  readonly version: string;
  readonly attemptInMs: number;
  readonly now: () => number;
}

interface Exporter<Items> {
  export(items: Items, done: (result: { code: number }) => void): unknown;
}

/**
 * Sends by the Azure Monitor exporters, each attempt once: what to try again, and when, is decided by the caller. No file
 * is written. The exporters' own statistics are off by `silenceExporters` and their remote configuration by the bundle.
 * @throws Error where the connection string is none.
 */
export function openAzureMonitor(options: AzureMonitorOptions): Sender {
  const { connectionString, credential, attemptInMs, now } = options;
  const resource = resourceFromAttributes({
    'service.name': options.role,
    'service.instance.id': options.instance,
    'service.version': options.version,
  });
  const watched = <Made>(make: (exporterOptions: AzureMonitorExporterOptions) => Made) => {
    const watch = createIngestionWatch(attemptInMs);
    const made = make({
      ...{ connectionString, disableOfflineStorage: true, retryOptions: { maxRetries: 0 } },
      additionalPolicies: watch.policies,
      ...(credential === null ? {} : { credential }),
    });
    return { watch, exporter: made };
  };
  const logs = watched((exporterOptions) => new AzureMonitorLogExporter(exporterOptions));
  const traces = watched((exporterOptions) => new AzureMonitorTraceExporter(exporterOptions));
  const metrics = watched((exporterOptions) => new AzureMonitorMetricExporter(exporterOptions));
  const send = (batch: Batch) => {
    switch (batch.kind) {
      case 'events':
        return sendBy(
          logs,
          batch.items.map((item) => toLogRecord(item, resource)),
          batch.items.length,
        );
      case 'dependencies':
        return sendBy(
          traces,
          batch.items.map((item) => toSpan(item, resource)),
          batch.items.length,
        );
      case 'metrics':
        return sendBy(metrics, toResourceMetrics(batch.items, resource, now()), batch.items.length);
    }
  };
  return { send };
}

async function sendBy<Items>(
  { watch, exporter }: { readonly watch: IngestionWatch; readonly exporter: Exporter<Items> },
  items: Items,
  count: number,
) {
  watch.begin();
  const hasSucceeded = await new Promise<boolean>((resolve) => {
    // The callback's code is 0 for success. A rejection means that an item could not be made into an envelope.
    const exporting = exporter.export(items, ({ code }) => resolve(code === 0));
    Promise.resolve(exporting).catch(() => resolve(false));
  });
  return judgeIngestion(watch.seen(), hasSucceeded, count);
}
