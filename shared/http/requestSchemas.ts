import { z } from 'zod';
import type { ReportSelector } from '../model/reportSelector.ts';
import type { AcknowledgeRequest, DrainRequest, PauseRequest, ResumeRequest } from '../service/requests.ts';
import { safeText } from '../text/safeText.ts';
import { told } from './answers/told.ts';
import { reportSelector } from './reportSelector.ts';
import { endOf } from './requestEnd.ts';
import { accountOf, flag, type RequestLimits, reason, reportIds, requestId } from './requestFields.ts';

/** What a pause asks for, before it is known which reports that means. */
export type AskedPause = Omit<PauseRequest, 'reportIds'> & { readonly reports: ReportSelector };

/** What a resume asks for, before it is known which reports that means. */
export type AskedResume = Omit<ResumeRequest, 'endsOthers' | 'target'> & {
  readonly target:
    | { readonly kind: 'selected'; readonly reports: ReportSelector }
    | { readonly kind: 'request'; readonly requestId: string };
};

/** `POST /api/pause`. */
export function pauseRequestSchema({
  maxReports,
  nowMs,
  impliedAccount,
}: RequestLimits): z.ZodType<AskedPause> {
  return z
    .strictObject(
      {
        reportIds: told(
          reportIds(maxReports).optional(),
          'Report IDs',
          'The reports to pause, by their ids; or say by name in reports which.',
        ),
        reports: told(
          reportSelector(maxReports).optional(),
          'Reports',
          'The reports to pause, as a window names them: those that match when the request comes.',
        ),
        account: accountOf(impliedAccount),
        until: told(
          z.string('must be an instant like 2026-01-31T06:00:00Z').optional(),
          'Until',
          'When they are to be resumed: an instant with its offset, or wall time like 2026-01-31T06:00 in the time zone; without an end they stay paused until somebody resumes them.',
        ),
        timeZone: told(
          z.string('must be an IANA time zone like Europe/Berlin').optional(),
          'Time Zone',
          'The IANA time zone of an end that is written as wall time, in which the answer tells it too.',
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
    .transform((body, context): AskedPause => {
      const reports = oneSelector(body);
      if (reports === null) {
        context.addIssue({
          code: 'custom',
          path: ['reportIds'],
          message: 'name either reportIds or reports',
        });
        return z.NEVER;
      }
      const end = endOf(body, nowMs);
      if ('fault' in end) {
        context.addIssue({ code: 'custom', path: [end.fault.field], message: end.fault.message });
        return z.NEVER;
      }
      if (reports.kind === 'match' && end.untilMs === null) {
        const message =
          'is missing: all that reports selects would stay paused until somebody resumes them; give until or duration, or name ids';
        context.addIssue({ code: 'custom', path: ['until'], message });
        return z.NEVER;
      }
      const { account: name, reason: why, requestId: id = null } = body;
      return {
        reports,
        account: name,
        reason: why,
        requestId: id,
        ...{ untilMs: end.untilMs, timeZone: end.timeZone },
        holdId: null,
      };
    });
}

/** `POST /api/drain`. */
export function drainRequestSchema({
  impliedAccount,
}: Pick<RequestLimits, 'impliedAccount'>): z.ZodType<DrainRequest> {
  return z
    .strictObject(
      {
        confirm: told(
          z.literal(
            'drain',
            'must be "drain": every hold ends, of windows too, and every report of ours is resumed',
          ),
          'Confirm',
          'The word drain, since it ends every hold and resumes every report of ours.',
        ),
        account: accountOf(impliedAccount),
        reason: reason('drain'),
      },
      'must be an object',
    )
    .transform(({ account, reason }) => ({ account, reason }));
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
export function resumeRequestSchema({ maxReports, impliedAccount }: RequestLimits): z.ZodType<AskedResume> {
  return z
    .strictObject(
      {
        reportIds: told(
          reportIds(maxReports).optional(),
          'Report IDs',
          'The reports to resume; or name the request that paused them.',
        ),
        reports: told(
          reportSelector(maxReports).optional(),
          'Reports',
          'The reports to resume, as a window names them; in place of their ids.',
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
    .transform((body, context): AskedResume => {
      const reports = oneSelector(body);
      const { requestId: id, account: name, reason: why, includeWindows, takeOver } = body;
      const isNamed = body.reportIds !== undefined || body.reports !== undefined;
      if (isNamed === (id !== undefined) || (isNamed && reports === null)) {
        context.addIssue({
          code: 'custom',
          path: ['reportIds'],
          message: 'name either reportIds, or reports, or the requestId that paused',
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
        reports === null
          ? { kind: 'request' as const, requestId: id ?? '' }
          : { kind: 'selected' as const, reports };
      return {
        target,
        account: name,
        reason: why === '' ? 'asked for by request' : why,
        includeWindows,
        takeOver,
      };
    });
}

/** The one of both by which reports are named; null where none is, or both are. */
export function oneSelector(body: {
  readonly reportIds?: readonly string[] | undefined;
  readonly reports?: ReportSelector | undefined;
}): ReportSelector | null {
  if (body.reportIds !== undefined) {
    return body.reports === undefined ? { kind: 'ids', reportIds: body.reportIds } : null;
  }
  return body.reports ?? null;
}
