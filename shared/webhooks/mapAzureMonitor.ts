import { z } from 'zod';
import { readAzureInstant } from './azureInstant.ts';
import { createIntent, RANK } from './createIntent.ts';
import { ignored, type Mapped, notMapped } from './intent.ts';
import { mapServiceHealth } from './mapServiceHealth.ts';
import { statementKey } from './statementKey.ts';
import type { AzureMonitorFormat, WebhookSource } from './webhookSource.ts';

/** Whatever an action group sends says which schema it has: a dozen of them, of which two tell of Service Health. */
const anySchema = z.object({ schemaId: z.string(), data: z.unknown().optional() });

const commonData = z.object({
  essentials: z.looseObject({ monitoringService: z.string() }),
  alertContext: z.unknown().optional(),
});

const healthEssentials = z.object({
  firedDateTime: z.unknown().optional(),
  originAlertId: z.string().max(2_000).nullish().catch(null),
});

const otherEssentials = z.object({
  alertId: z.string().min(1).max(2_000),
  alertRule: z.string().max(2_000).nullish(),
  monitorCondition: z.string().nullish(),
  firedDateTime: z.unknown().optional(),
  resolvedDateTime: z.unknown().optional(),
});

/** What action groups send of the activity log while the common alert schema is off. */
const legacyData = z.object({
  context: z.object({ activityLog: z.looseObject({ eventSource: z.unknown().optional() }) }),
});

interface Context {
  readonly source: WebhookSource;
  readonly format: AzureMonitorFormat;
  readonly nowMs: number;
}

/**
 * An alert of Azure Monitor, in the common alert schema or the older one of the activity log. Maintenance of Service
 * Health is mapped by its stage, whatever `monitorCondition` says; of other alerts, where the source takes them, Fired
 * pauses and Resolved ends, keyed by the alert. An action group sends whatever fires to all its webhooks: what is about
 * something else is ignored, whatever its schema.
 */
export function mapAzureMonitor(body: unknown, context: Context): Mapped {
  const read = anySchema.safeParse(body);
  if (!read.success) return notMapped('foreign_payload');
  const { schemaId, data } = read.data;
  switch (schemaId) {
    case 'azureMonitorCommonAlertSchema':
      return mapCommon(data, context);
    case 'Microsoft.Insights/activityLogs':
      return mapLegacy(data, context);
    default:
      return ignored('other_alerts_not_taken');
  }
}

function mapCommon(data: unknown, context: Context): Mapped {
  const read = commonData.safeParse(data);
  if (!read.success) return notMapped('foreign_payload');
  const { essentials, alertContext } = read.data;
  if (essentials.monitoringService.toLowerCase() !== 'servicehealth') return mapOther(essentials, context);
  const { firedDateTime, originAlertId } = healthEssentials.parse(essentials);
  return mapServiceHealth(alertContext, {
    ...context,
    firedAtMs: numberOrNull(readAzureInstant(firedDateTime)),
    originAlertId: originAlertId ?? '',
  });
}

function mapLegacy(data: unknown, context: Context): Mapped {
  const read = legacyData.safeParse(data);
  if (!read.success) return notMapped('foreign_payload');
  const { activityLog } = read.data.context;
  const isHealth = z.string().safeParse(activityLog.eventSource).data?.toLowerCase() === 'servicehealth';
  return isHealth
    ? mapServiceHealth(activityLog, { ...context, firedAtMs: null, originAlertId: '' })
    : ignored('other_alerts_not_taken');
}

function mapOther(given: unknown, { source, format, nowMs }: Context): Mapped {
  if (!format.otherAlerts) return ignored('other_alerts_not_taken');
  const read = otherEssentials.safeParse(given);
  if (!read.success) return notMapped('missing_field', String(read.error.issues[0]?.path[0] ?? 'essentials'));
  const essentials = read.data;
  const { alertId, alertRule } = essentials;
  // Budgets tell of an amount, which neither fires nor is resolved.
  if (!essentials.monitorCondition) return ignored('no_condition');
  const condition = essentials.monitorCondition.toLowerCase();
  const isOver = condition === 'resolved';
  const field = isOver ? 'resolvedDateTime' : 'firedDateTime';
  const said = readAzureInstant(essentials[field]);
  // Not every kind of alert says when it was resolved; then the arrival is all there is.
  const isUndated = isOver && said === 'missing';
  const saidAtMs = isUndated ? nowMs : numberOrNull(said);
  if (saidAtMs === null) return notMapped('bad_field', field);
  const which = isUndated ? String(essentials.firedDateTime ?? '') : String(saidAtMs);
  const statement = {
    key: statementKey(source.name, alertId),
    deliveryId: statementKey(source.name, alertId, condition, which),
    saidAtMs,
    rank: isOver ? RANK.resume : RANK.pause,
    reason: `alert ${alertRule ?? ''} ${condition}`,
    reportIds: null,
    fromMs: null,
    untilMs: null,
    isUnderWay: false,
    isNamed: true,
  };
  if (isOver) return createIntent(source, { ...statement, action: 'resume' }, nowMs);
  return condition === 'fired'
    ? createIntent(source, { ...statement, action: 'pause' }, nowMs)
    : notMapped('unknown_stage', 'monitorCondition');
}

function numberOrNull(value: number | 'missing' | null): number | null {
  return typeof value === 'number' ? value : null;
}
