import { z } from 'zod';
import { readAzureInstant } from './azureInstant.ts';
import { createIntent, RANK, type Statement } from './createIntent.ts';
import { ignored, type Mapped, notMapped } from './intent.ts';
import { isInScope } from './serviceHealthScope.ts';
import { statementKey } from './statementKey.ts';
import type { AzureMonitorFormat, WebhookSource } from './webhookSource.ts';

const text = z.string().max(2_000).nullish();

/** What tells a planned maintenance from the outages, advisories and billing news that come the same way. */
const kindSchema = z.object({
  operationName: z.string(),
  properties: z.looseObject({ incidentType: z.string().nullish() }),
});

/** `alertContext` of a Service Health alert. Its `level`, `channels` and `eventSource` come as numbers or as words. */
const contextSchema = z.object({
  eventTimestamp: z.unknown().optional(),
  submissionTimestamp: z.unknown().optional(),
  eventDataId: text,
  properties: z.object({
    title: z.string().nullish(),
    stage: z.string(),
    trackingId: z.string().min(1).max(1_000),
    communicationId: text,
    impactStartTime: z.unknown().optional(),
    impactMitigationTime: z.unknown().optional(),
    service: z.string().nullish(),
    region: z.string().nullish(),
    impactedServices: z.unknown().optional(),
  }),
});

type ServiceHealthProperties = z.output<typeof contextSchema>['properties'];

type Stage = 'planned' | 'rescheduled' | 'underWay' | 'over';

const STAGES: ReadonlyMap<string, Stage> = new Map([
  ['planned', 'planned'],
  ['rescheduled', 'rescheduled'],
  ['active', 'underWay'],
  ['inprogress', 'underWay'],
  ['complete', 'over'],
  ['resolved', 'over'],
  ['canceled', 'over'],
  ['cancelled', 'over'],
]);

/**
 * A planned maintenance of Service Health, by its stage: `Planned` holds from its start to its end, `Rescheduled` moves
 * that, `Active` and `InProgress` hold from now, `Complete`, `Resolved` and `Canceled` end. Keyed by `trackingId`, which
 * all communications about one maintenance share. Source: Microsoft's page "Service Health notifications properties".
 */
export function mapServiceHealth(
  context: unknown,
  {
    source,
    format,
    firedAtMs,
    originAlertId,
    nowMs,
  }: {
    readonly source: WebhookSource;
    readonly format: AzureMonitorFormat;
    /** For an alert whose context says no instant. */
    readonly firedAtMs: number | null;
    readonly originAlertId: string;
    readonly nowMs: number;
  },
): Mapped {
  const kind = kindSchema.safeParse(context);
  if (!kind.success) return notMapped('foreign_payload');
  const isMaintenance =
    kind.data.operationName.toLowerCase() === 'microsoft.servicehealth/maintenance/action' &&
    kind.data.properties.incidentType?.toLowerCase() === 'maintenance';
  if (!isMaintenance) return ignored('not_maintenance');
  const read = contextSchema.safeParse(context);
  if (!read.success) return notMapped('foreign_payload');
  const { properties, eventTimestamp, submissionTimestamp, eventDataId } = read.data;
  const saidAtMs = firstInstant([eventTimestamp, submissionTimestamp]) ?? firedAtMs;
  if (saidAtMs === null) return notMapped('missing_field', 'eventTimestamp');
  const stage = STAGES.get(properties.stage.toLowerCase()) ?? null;
  const head = {
    key: statementKey(source.name, properties.trackingId),
    // All that tells one communication from another: to take two for one would lose news, the reverse costs nothing.
    deliveryId: statementKey(
      source.name,
      properties.trackingId,
      properties.communicationId ?? '',
      eventDataId ?? '',
      originAlertId,
      properties.stage.toLowerCase(),
    ),
    saidAtMs,
    rank: rankOf(stage),
    reason: `${properties.title ?? 'planned maintenance'} (${properties.trackingId}, ${properties.stage})`,
  };
  if (stage === null) return notMapped('unknown_stage', 'stage');
  if (stage === 'over') return createIntent(source, { ...head, ...NOTHING, action: 'resume' }, nowMs);
  if (!isInScope(properties, format)) return ignored('out_of_scope', head);
  const span = spanOf(stage, properties, nowMs);
  if ('code' in span) return span;
  return createIntent(source, { ...head, ...NOTHING, ...span, action: 'pause' }, nowMs);
}

const NOTHING = { reportIds: null, fromMs: null, untilMs: null, isUnderWay: false, isNamed: true } as const;

function rankOf(stage: Stage | null): number {
  if (stage === 'over') return RANK.resume;
  if (stage === 'underWay') return RANK.pause;
  return stage === 'rescheduled' ? RANK.rescheduled : RANK.planned;
}

function spanOf(
  stage: Exclude<Stage, 'over'>,
  { impactStartTime, impactMitigationTime }: ServiceHealthProperties,
  nowMs: number,
): Pick<Statement, 'fromMs' | 'untilMs' | 'isUnderWay'> | Extract<Mapped, { ok: false }> {
  const end = readAzureInstant(impactMitigationTime);
  if (end === null) return notMapped('bad_field', 'impactMitigationTime');
  const untilMs = end === 'missing' ? null : end;
  if (stage === 'underWay') return { fromMs: nowMs, untilMs, isUnderWay: true };
  const start = readAzureInstant(impactStartTime);
  if (start === 'missing') return notMapped('missing_field', 'impactStartTime');
  if (start === null) return notMapped('bad_field', 'impactStartTime');
  return { fromMs: start, untilMs, isUnderWay: false };
}

function firstInstant(values: readonly unknown[]): number | null {
  const instants = values.map(readAzureInstant);
  return instants.find((instant) => typeof instant === 'number') ?? null;
}
