import { z } from 'zod';
import { safeText } from '../insights/safeText.ts';
import type { AcknowledgeRequest, DrainRequest, PauseRequest, ResumeRequest } from '../service/requests.ts';
import { readInstant } from '../time/readInstant.ts';
import { parseDurationMs } from '../windows/duration.ts';
import { told } from './answers/told.ts';
import { boundedList } from './boundedList.ts';
import { PICKED_FROM_ACCOUNTS, PICKED_FROM_REPORTS } from './pickedFrom.ts';

/** What bounds a request. */
export interface RequestLimits {
  readonly maxReports: number;
  /** For ends that are given as a duration. */
  readonly nowMs: number;
  /** Whose a request is that names no account; null where it must name one. */
  readonly impliedAccount: string | null;
}

const NO_INSTANT = 'must be an instant like 2026-01-31T06:00:00Z';

/** An instant with its offset, as text: see `readInstant`. */
export const instantText = z
  .string(NO_INSTANT)
  .refine((text) => readInstant(text) !== null, NO_INSTANT)
  .meta({ format: 'date-time' });

/** A request that names no account means the only one there is. */
export function accountOf(impliedAccount: string | null) {
  const name = z
    .string(
      impliedAccount === null
        ? 'must be the name of an account: there are several'
        : 'must be the name of an account',
    )
    .regex(/^[a-z0-9-]{1,63}$/, 'must be the name of an account');
  return told(
    impliedAccount === null ? name : name.default(impliedAccount),
    'Account',
    'The account of the reports; needed where the app has several.',
  ).meta(PICKED_FROM_ACCOUNTS);
}

const reason = (otherwise: string) =>
  told(
    z
      .string('must be text')
      .max(500, 'must be at most 500 characters')
      .transform((text) => safeText(text, 500))
      .default(otherwise),
    'Reason',
    'Why, in your words; shown beside the report and kept in its history.',
  );
const requestId = (description: string) =>
  told(
    z
      .string('must be text')
      .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters')
      .optional(),
    'Request ID',
    description,
  );
const flag = (title: string, description: string) =>
  told(z.boolean('must be true or false').default(false), title, description);

function reportIds(maxReports: number) {
  const id = z
    .guid('must be a UUID')
    .transform((text) => text.toLowerCase())
    .meta({ title: 'Report ID', description: 'The id of a report.', ...PICKED_FROM_REPORTS });
  return boundedList(id, {
    max: maxReports,
    isNone: 'must be a list of report ids',
    isEmpty: 'must name at least one report',
    isLonger: `must name at most ${maxReports} reports: send several requests`,
  }).transform((ids) => [...new Set(ids)]);
}

/** `POST /api/pause`. */
export function pauseRequestSchema({
  maxReports,
  nowMs,
  impliedAccount,
}: RequestLimits): z.ZodType<PauseRequest> {
  return z
    .strictObject(
      {
        reportIds: told(reportIds(maxReports), 'Report IDs', 'The reports to pause.'),
        account: accountOf(impliedAccount),
        until: told(
          instantText.optional(),
          'Until',
          'When they are to be resumed; without an end they stay paused until somebody resumes them.',
        ),
        duration: told(
          z.string('must be a duration like PT4H').optional(),
          'Duration',
          'How long they stay paused, as an ISO 8601 duration like PT4H; in place of an end.',
        ),
        reason: reason('asked for by request'),
        requestId: requestId(
          'A name of your own for the request, by which its reports can be resumed together.',
        ),
      },
      'must be an object',
    )
    .transform((body, context): PauseRequest => {
      const end = endOf(body, nowMs);
      if ('fault' in end) {
        context.addIssue({ code: 'custom', path: [end.fault.field], message: end.fault.message });
        return z.NEVER;
      }
      const { account: name, reason: why, requestId: id = null } = body;
      return {
        reportIds: body.reportIds,
        account: name,
        reason: why,
        requestId: id,
        untilMs: end.untilMs,
        holdId: null,
      };
    });
}

/** `POST /api/drain`. */
export function drainRequestSchema({
  impliedAccount,
}: Pick<RequestLimits, 'impliedAccount'>): z.ZodType<DrainRequest> {
  return z.strictObject({ account: accountOf(impliedAccount), reason: reason('drain') }, 'must be an object');
}

/** `POST /api/acknowledge`. */
export function acknowledgeRequestSchema({
  maxReports,
  impliedAccount,
}: RequestLimits): z.ZodType<AcknowledgeRequest> {
  return z.strictObject(
    {
      reportIds: told(reportIds(maxReports), 'Report IDs', 'The reports that are left as they are.'),
      account: accountOf(impliedAccount),
      reason: told(
        z
          .string('must be text')
          .trim()
          .min(1, 'say why: it is kept in the history')
          .max(400, 'must be at most 400 characters')
          .transform((text) => safeText(text, 400)),
        'Reason',
        'Why they are nothing of ours to look after; kept in the history.',
      ),
    },
    'must be an object',
  );
}

/** `POST /api/resume`. */
export function resumeRequestSchema({
  maxReports,
  impliedAccount,
}: RequestLimits): z.ZodType<Omit<ResumeRequest, 'endsOthers'>> {
  return z
    .strictObject(
      {
        reportIds: told(
          reportIds(maxReports).optional(),
          'Report IDs',
          'The reports to resume; or name the request that paused them.',
        ),
        requestId: requestId('The request that paused the reports; in place of their ids.'),
        account: accountOf(impliedAccount),
        reason: reason(''),
        includeWindows: flag(
          'Include Windows',
          'Resumes reports that a maintenance window holds too, until that window is over.',
        ),
        takeOver: flag(
          'Take Over',
          'Resumes doubtful pauses as well, by your word that they are ours; needs a reason.',
        ),
      },
      'must be an object',
    )
    .transform((body, context): Omit<ResumeRequest, 'endsOthers'> => {
      const { reportIds: ids, requestId: id, account: name, reason: why, includeWindows, takeOver } = body;
      if ((ids === undefined) === (id === undefined)) {
        context.addIssue({
          code: 'custom',
          path: ['reportIds'],
          message: 'name either reportIds or the requestId that paused',
        });
        return z.NEVER;
      }
      if (takeOver && why === '') {
        context.addIssue({
          code: 'custom',
          path: ['reason'],
          message: 'takeOver needs a reason: it is kept in the history',
        });
        return z.NEVER;
      }
      const target =
        ids === undefined
          ? { kind: 'request' as const, requestId: id ?? '' }
          : { kind: 'reports' as const, reportIds: ids };
      return {
        target,
        account: name,
        reason: why === '' ? 'asked for by request' : why,
        includeWindows,
        takeOver,
      };
    });
}

/** The end that a request names, epoch milliseconds; null where it names none. */
export function endOf(
  { until, duration }: { until?: string | undefined; duration?: string | undefined },
  nowMs: number,
): { untilMs: number | null } | { fault: { field: 'until' | 'duration'; message: string } } {
  if (until !== undefined && duration !== undefined) {
    return { fault: { field: 'duration', message: 'give either until or duration, not both' } };
  }
  if (duration !== undefined) {
    const parsed = parseDurationMs(duration);
    return parsed.ok
      ? { untilMs: nowMs + parsed.value }
      : { fault: { field: 'duration', message: parsed.faults.map(({ message }) => message).join(' ') } };
  }
  const untilMs = until === undefined ? null : readInstant(until);
  return untilMs !== null && untilMs <= nowMs
    ? { fault: { field: 'until', message: 'must be in the future' } }
    : { untilMs };
}
