import { parseDurationMs } from '../windows/duration.ts';
import { createIntent, RANK, type Statement } from './createIntent.ts';
import { type Instruction, instructionSchema } from './instruction.ts';
import { type Mapped, notMapped } from './intent.ts';
import { readInstant } from './readInstant.ts';
import type { WebhookSource } from './webhookSource.ts';

/** What the envelope of an event says about it, whatever the envelope. */
export interface Envelope {
  readonly deliveryId: string;
  readonly saidAtMs: number;
  readonly reason: string;
}

/**
 * The data of one event in our own language, as an intent. `keyOf` makes the key of what the data calls it, null where
 * it calls it nothing.
 */
export function mapInstruction(
  data: unknown,
  {
    source,
    envelope,
    keyOf,
    nowMs,
  }: {
    readonly source: WebhookSource;
    readonly envelope: Envelope;
    readonly keyOf: (name: string | null) => string;
    readonly nowMs: number;
  },
): Mapped {
  const read = instructionSchema.safeParse(data);
  if (!read.success) {
    const [issue] = read.error.issues;
    const field = issue?.path[0];
    return field === undefined || field === 'action'
      ? notMapped('foreign_payload')
      : notMapped('bad_field', String(field));
  }
  return mapFields(read.data, { source, envelope, key: keyOf(read.data.key ?? null), nowMs });
}

/** The fields of an instruction, wherever they stood, as an intent. */
export function mapFields(
  { action, reportIds, from, until, duration, reason }: Omit<Instruction, 'key'>,
  {
    source,
    envelope,
    key,
    nowMs,
  }: {
    readonly source: WebhookSource;
    readonly envelope: Envelope;
    readonly key: string;
    readonly nowMs: number;
  },
): Mapped {
  const fromMs = from === undefined ? null : readInstant(from);
  if (from !== undefined && fromMs === null) return notMapped('bad_field', 'from');
  const untilMs = readEnd({ until, duration }, fromMs ?? envelope.saidAtMs);
  if (typeof untilMs === 'string') return notMapped('bad_field', untilMs);
  const statement: Statement = {
    ...envelope,
    action,
    key,
    rank: action === 'resume' ? RANK.resume : RANK.pause,
    reason: reason?.trim() || envelope.reason,
    reportIds: reportIds ?? null,
    fromMs,
    untilMs,
    isUnderWay: false,
  };
  return createIntent(source, statement, nowMs);
}

/** A duration counts from the beginning, or from when it was said: a retry must not make it longer. */
function readEnd(
  { until, duration }: Pick<Instruction, 'until' | 'duration'>,
  beginsAtMs: number,
): number | null | 'until' | 'duration' {
  if (until !== undefined && duration !== undefined) return 'duration';
  if (until !== undefined) return readInstant(until) ?? 'until';
  if (duration === undefined) return null;
  const parsed = parseDurationMs(duration);
  return parsed.ok ? beginsAtMs + parsed.value : 'duration';
}
