import { z } from 'zod';
import type { ReportSelector } from '../model/reportSelector.ts';
import { safeText } from '../text/safeText.ts';
import { told } from './answers/told.ts';
import { PICKED_FROM_WINDOWS } from './pickedFrom.ts';
import { reportSelector } from './reportSelector.ts';
import { endOf } from './requestEnd.ts';
import { accountOf, type RequestLimits, reportIds } from './requestFields.ts';
import { oneSelector } from './requestSchemas.ts';

/** Each is read with its account at every tick: what names more ids is several exemptions, or a pattern. */
export const MAX_EXEMPT_IDS = 100;
export const MAX_EXEMPT_WINDOWS = 50;

/** What `POST /api/exemptions` asks for, before it is known whether its windows and its account exist. */
export interface AskedExemption {
  readonly account: string;
  readonly reports: ReportSelector;
  /** Null is every window of the account. */
  readonly windows: readonly string[] | null;
  readonly untilMs: number;
  readonly timeZone: string | null;
  readonly reason: string;
}

const why = (description: string) =>
  told(
    z
      .string('must be text: say why')
      .trim()
      .min(1, 'say why: it is shown beside the exemption and told with the event')
      .max(400, 'must be at most 400 characters')
      .transform((text) => safeText(text, 400)),
    'Reason',
    description,
  );

const windowNames = z
  .array(
    z
      .string('must be the name of a window')
      .regex(/^[a-z0-9-]{1,63}$/, 'must be the name of a window')
      .meta({ title: 'Window', description: 'The name of a window.', ...PICKED_FROM_WINDOWS }),
    'must be a list of names of windows',
  )
  .min(1, 'must name at least one window; for all of them say allWindows: true')
  .refine((names) => new Set(names).size === names.length, 'must name each window once')
  .max(
    MAX_EXEMPT_WINDOWS,
    `must name at most ${MAX_EXEMPT_WINDOWS} windows; for all of them say allWindows: true`,
  );

/** `POST /api/exemptions`. */
export function exemptionRequestSchema({
  maxReports,
  nowMs,
  impliedAccount,
}: RequestLimits): z.ZodType<AskedExemption> {
  const maxIds = Math.min(maxReports, MAX_EXEMPT_IDS);
  return z
    .strictObject(
      {
        reportIds: told(
          reportIds(maxIds).optional(),
          'Report IDs',
          'The reports to leave out, by their ids; or say in reports which.',
        ),
        reports: told(
          reportSelector(maxIds).optional(),
          'Reports',
          'The reports to leave out, as a window names them; a pattern leaves out also what matches it later.',
        ),
        windows: told(windowNames.optional(), 'Windows', 'The windows that leave them out, by their names.'),
        allWindows: told(
          z.literal(true, 'must be true, or left out').optional(),
          'All Windows',
          'Every window of the account leaves them out; in place of names.',
        ),
        account: accountOf(impliedAccount),
        until: told(
          z.string('must be an instant like 2026-01-31T06:00:00Z').optional(),
          'Until',
          'When it ends by itself: an instant with its offset, or wall time like 2026-01-31T06:00 in the time zone.',
        ),
        timeZone: told(
          z.string('must be an IANA time zone like Europe/Berlin').optional(),
          'Time Zone',
          'The IANA time zone of an end that is written as wall time, in which the answer tells it too.',
        ),
        duration: told(
          z.string('must be a duration like PT4H').optional(),
          'Duration',
          'How long they are left out, as an ISO 8601 duration like PT4H; in place of an end.',
        ),
        reason: why('Why, in your words; shown beside the exemption and told with the event.'),
      },
      'must be an object',
    )
    .transform((body, context): AskedExemption => {
      const fault = (field: string, message: string) => {
        context.addIssue({ code: 'custom', path: [field], message });
        return z.NEVER;
      };
      const reports = oneSelector(body);
      if (reports === null) {
        return fault('reportIds', 'name either reportIds or reports');
      }
      const { windows, allWindows, account, reason } = body;
      if ((windows === undefined) === (allWindows === undefined)) {
        return fault('windows', 'name windows, or say allWindows: true');
      }
      const end = endOf(body, nowMs);
      if ('fault' in end) {
        return fault(end.fault.field, end.fault.message);
      }
      const { untilMs, timeZone } = end;
      return untilMs === null
        ? fault('until', 'is missing: an exemption ends by itself; give until or duration')
        : { account, reports, windows: named(windows), untilMs, timeZone, reason };
    });
}

function named(windows: readonly string[] | undefined): readonly string[] | null {
  return windows ?? null;
}

/** `POST /api/exemptions/{exemption}/end`; the exemption stands in the path. */
export const endExemptionRequestSchema = z.strictObject(
  { reason: why('Why it is ended early; shown beside it and told with the event.') },
  'must be an object',
);
