import { z } from 'zod';
import { createIntent, ignored, RANK } from './createIntent.ts';
import { type Mapped, notMapped } from './intent.ts';
import { mapServiceHealth } from './mapServiceHealth.ts';
import { readAzureInstant } from './readInstant.ts';
import { statementKey } from './statementKey.ts';
import type { AzureMonitorFormat, WebhookSource } from './webhookSource.ts';

const essentialsSchema = z.object({
  alertId: z.string().min(1).max(2_000),
  alertRule: z.string().max(2_000).nullish(),
  monitorCondition: z.string(),
  monitoringService: z.string(),
  originAlertId: z.string().max(2_000).nullish(),
  firedDateTime: z.unknown().optional(),
  resolvedDateTime: z.unknown().optional(),
});

type Essentials = z.output<typeof essentialsSchema>;

const commonSchema = z.object({
  schemaId: z.literal('azureMonitorCommonAlertSchema'),
  data: z.object({ essentials: essentialsSchema, alertContext: z.unknown().optional() }),
});

/** What action groups send of the activity log while the common alert schema is off. */
const legacySchema = z.object({
  schemaId: z.literal('Microsoft.Insights/activityLogs'),
  data: z.object({
    context: z.object({ activityLog: z.looseObject({ eventSource: z.unknown().optional() }) }),
  }),
});

interface Context {
  readonly source: WebhookSource;
  readonly format: AzureMonitorFormat;
  readonly nowMs: number;
}

/**
 * An alert of Azure Monitor, in the common alert schema or the older one of the activity log. Maintenance of Service
 * Health is mapped by its stage, whatever `monitorCondition` says; of other alerts, where the source takes them, Fired
 * pauses and Resolved ends, keyed by the alert.
 */
export function mapAzureMonitor(body: unknown, context: Context): Mapped {
  const legacy = legacySchema.safeParse(body);
  if (legacy.success) return mapLegacy(legacy.data.data.context.activityLog, context);
  const read = commonSchema.safeParse(body);
  if (!read.success) return notMapped('foreign_payload');
  const { essentials, alertContext } = read.data.data;
  if (essentials.monitoringService.toLowerCase() === 'servicehealth') {
    return mapServiceHealth(alertContext, {
      ...context,
      firedAtMs: numberOrNull(readAzureInstant(essentials.firedDateTime)),
      originAlertId: essentials.originAlertId ?? '',
    });
  }
  return mapOtherAlert(essentials, context);
}

function mapLegacy(activityLog: { readonly eventSource?: unknown }, context: Context): Mapped {
  if (String(activityLog.eventSource).toLowerCase() !== 'servicehealth') return notMapped('foreign_payload');
  return mapServiceHealth(activityLog, { ...context, firedAtMs: null, originAlertId: '' });
}

function mapOtherAlert(essentials: Essentials, { source, format, nowMs }: Context): Mapped {
  const { alertId, alertRule } = essentials;
  const condition = essentials.monitorCondition.toLowerCase();
  const isOver = condition === 'resolved';
  const field = isOver ? 'resolvedDateTime' : 'firedDateTime';
  const saidAtMs = numberOrNull(readAzureInstant(essentials[field]));
  if (saidAtMs === null) return notMapped('bad_field', field);
  const statement = {
    key: statementKey(source.name, alertId),
    deliveryId: statementKey(source.name, alertId, condition, String(saidAtMs)),
    saidAtMs,
    rank: isOver ? RANK.resume : RANK.pause,
    reason: `alert ${alertRule ?? ''} ${condition}`,
    reportIds: null,
    fromMs: null,
    untilMs: null,
    isUnderWay: false,
  };
  if (!format.otherAlerts) return ignored(statement, 'other_alerts_not_taken');
  if (isOver) return createIntent(source, { ...statement, action: 'resume' }, nowMs);
  return condition === 'fired'
    ? createIntent(source, { ...statement, action: 'pause' }, nowMs)
    : notMapped('unknown_stage', 'monitorCondition');
}

function numberOrNull(value: number | 'missing' | null): number | null {
  return typeof value === 'number' ? value : null;
}
