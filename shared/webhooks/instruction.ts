import { z } from 'zod';

/** What an event can ask for. */
export const WEBHOOK_ACTIONS = ['pause', 'resume', 'ignore'] as const;

export type WebhookAction = (typeof WEBHOOK_ACTIONS)[number];

const shortText = z.string().min(1).max(1_000);

/**
 * The data of an event that speaks our language, in `standard`, `eventGrid` and `cloudEvents`:
 * - `action`: `pause`, `resume` or `ignore`.
 * - `reportIds`: which reports; left out, all that the source may touch.
 * - `from`, `until`: instants with offset; or `duration` (ISO 8601) instead of `until`.
 * - `reason`: shown to people.
 * - `key`: which maintenance this is about, where one source tells of several; else the event's subject.
 */
export const instructionSchema = z.strictObject({
  action: z.enum(WEBHOOK_ACTIONS),
  reportIds: z.array(z.string()).min(1).max(10_000).optional(),
  from: shortText.optional(),
  until: shortText.optional(),
  duration: shortText.optional(),
  reason: z.string().max(10_000).optional(),
  key: shortText.optional(),
});

export type Instruction = z.output<typeof instructionSchema>;
