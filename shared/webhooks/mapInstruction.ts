import { z } from 'zod';
import { plainText } from '../text/plainText.ts';
import { readInstant } from '../time/readInstant.ts';
import { parseDurationMs } from '../windows/duration.ts';
import { readJsonText } from '../wire/readJson.ts';
import { isNoInstant } from './azureInstant.ts';
import { createIntent, RANK, type Statement } from './createIntent.ts';
import { decodeBase64 } from './decodeBase64.ts';
import { type Instruction, instructionSchema, WEBHOOK_ACTIONS } from './instruction.ts';
import { ignored, type Mapped, notMapped } from './intent.ts';
import { statementKey } from './statementKey.ts';
import type { WebhookSource } from './webhookSource.ts';

/** What the envelope of an event says about it, whatever the envelope. */
export interface Envelope {
  readonly deliveryId: string;
  readonly saidAtMs: number;
  readonly reason: string;
}

/**
 * The data of one event in our own language, as an intent; data that ask for nothing here are ignored. What it is about is
 * its own `key`, else the envelope's subject, else the whole source.
 */
export function mapInstruction(
  given: unknown,
  {
    source,
    envelope,
    subject = null,
    nowMs,
  }: {
    readonly source: WebhookSource;
    readonly envelope: Envelope;
    readonly subject?: string | null | undefined;
    readonly nowMs: number;
  },
): Mapped {
  const data = unwrapped(given);
  if (!isInOurLanguage(data)) return ignored('not_for_us', { key: null, deliveryId: envelope.deliveryId });
  const read = instructionSchema.safeParse(data);
  if (!read.success) {
    const [issue] = read.error.issues;
    const unknown = issue?.code === 'unrecognized_keys' ? issue.keys[0] : undefined;
    return notMapped('bad_field', plainText(String(issue?.path[0] ?? unknown ?? 'action'), 100));
  }
  return mapFields(read.data, { source, envelope, name: read.data.key ?? (subject || null), nowMs });
}

/**
 * Data that came as text: as a JSON string, as clients of Event Grid send what they were given as text, or as Logic Apps
 * hands on content that it does not take for JSON, in base64 with its type. Anything else as it is.
 */
function unwrapped(data: unknown): unknown {
  const text = typeof data === 'string' ? data : contentOfLogicApp(data);
  const json = text === null ? null : readJsonText(text);
  return json?.kind === 'read' ? json.value : data;
}

function contentOfLogicApp(data: unknown): string | null {
  const read = z.object({ '$content-type': z.string(), $content: z.string() }).safeParse(data);
  const bytes = read.success ? decodeBase64(read.data.$content) : null;
  return bytes === null ? null : bytes.toString('utf8');
}

/**
 * True where the data ask for something here, maybe wrongly: by the word of the action, however it is written, or because
 * nothing but our own fields is in them. Others have an `action` too: a registry's events say `push`.
 */
export function isInOurLanguage(data: unknown): boolean {
  if (typeof data !== 'object' || data === null || !('action' in data)) return false;
  const word = typeof data.action === 'string' ? data.action.trim().toLowerCase() : '';
  const hasOurWord = WEBHOOK_ACTIONS.some((known) => known === word);
  return hasOurWord || Object.keys(data).every((name) => name in instructionSchema.shape);
}

/** The fields of an instruction, wherever they stood, as an intent. */
export function mapFields(
  { action, reportIds, from, until, duration, reason }: Omit<Instruction, 'key'>,
  {
    source,
    envelope,
    name,
    nowMs,
  }: {
    readonly source: WebhookSource;
    readonly envelope: Envelope;
    /** What the sender calls the maintenance; null where it calls it nothing. */
    readonly name: string | null;
    readonly nowMs: number;
  },
): Mapped {
  const begin = from === undefined ? null : readInstant(from);
  if (from !== undefined && begin === null) return notMapped('bad_field', 'from');
  const fromMs = begin === null || isNoInstant(begin) ? null : begin;
  const untilMs = readEnd({ until, duration }, fromMs ?? envelope.saidAtMs);
  if (typeof untilMs === 'string') return notMapped('bad_field', untilMs);
  const statement: Statement = {
    ...envelope,
    action,
    key: statementKey(source.name, name ?? 'all'),
    isNamed: name !== null,
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
  if (until !== undefined) {
    const untilMs = readInstant(until);
    return untilMs !== null && isNoInstant(untilMs) ? null : (untilMs ?? 'until');
  }
  if (duration === undefined) return null;
  const parsed = parseDurationMs(duration);
  return parsed.ok ? beginsAtMs + parsed.value : 'duration';
}
