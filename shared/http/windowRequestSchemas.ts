import { z } from 'zod';
import { safeText } from '../text/safeText.ts';
import { readInstant } from '../time/readInstant.ts';
import { parseDurationMs } from '../windows/duration.ts';
import { told } from './answers/told.ts';
import { instantText } from './requestFields.ts';

const reason = told(
  z
    .string('must be text')
    .trim()
    .min(1, 'say why: it is shown beside the window and told with the event')
    .max(400, 'must be at most 400 characters')
    .transform((text) => safeText(text, 400)),
  'Reason',
  'Why, in your words; shown beside the window and told with the event.',
);

/** `POST /api/windows/{window}/end`; the window stands in the path. */
export const endRequestSchema: z.ZodType<{ readonly reason: string }> = z.strictObject(
  { reason },
  'must be an object',
);

/** The new end that a request asks for: an instant, or so much later than the occurrence would end. Milliseconds. */
export type AskedEnd =
  | { readonly kind: 'at'; readonly untilMs: number }
  | { readonly kind: 'longer'; readonly byInMs: number };

/** `POST /api/windows/{window}/extend`; the window stands in the path. */
export const extendRequestSchema: z.ZodType<{ readonly reason: string; readonly end: AskedEnd }> = z
  .strictObject(
    {
      reason,
      until: told(instantText.optional(), 'Until', 'When it is to end now; later than it would.'),
      by: told(
        z.string('must be a duration like PT2H').optional(),
        'By',
        'How much later than it would it is to end, as an ISO 8601 duration like PT2H; in place of an end.',
      ),
    },
    'must be an object',
  )
  .transform(({ reason: why, until, by }, context) => {
    const fault = (field: 'until' | 'by', message: string) => {
      context.addIssue({ code: 'custom', path: [field], message });
      return z.NEVER;
    };
    const untilMs = until === undefined ? null : readInstant(until);
    if ((untilMs === null) === (by === undefined)) {
      return fault('until', 'give either until or by');
    }
    if (by === undefined || untilMs !== null) {
      return { reason: why, end: { kind: 'at', untilMs: untilMs ?? 0 } };
    }
    const longer = parseDurationMs(by);
    return longer.ok
      ? { reason: why, end: { kind: 'longer', byInMs: longer.value } }
      : fault('by', longer.faults.map(({ message }) => message).join(' '));
  });
