import { z } from 'zod';
import { safeText } from '../insights/safeText.ts';
import { DEFAULT_ACCOUNT } from '../service/readWindows.ts';
import type { DrainRequest, PauseRequest, ResumeRequest } from '../service/requests.ts';
import { parseDurationMs } from '../windows/duration.ts';

/** What bounds a request. */
export interface RequestLimits {
  readonly maxReports: number;
  /** For ends that are given as a duration. */
  readonly nowMs: number;
}

const account = z
  .string('must be the name of an account')
  .regex(/^[a-z0-9-]{1,63}$/, 'must be the name of an account')
  .default(DEFAULT_ACCOUNT);
const reason = (otherwise: string) =>
  z
    .string('must be text')
    .max(500, 'must be at most 500 characters')
    .transform((text) => safeText(text, 500))
    .default(otherwise);
const requestId = z
  .string('must be text')
  .regex(/^[\x21-\x7e]{1,128}$/, 'must be 1 to 128 visible ASCII characters');
const flag = z.boolean('must be true or false').default(false);

function reportIds(maxReports: number) {
  return (
    z
      .array(
        z.guid('must be a UUID').transform((id) => id.toLowerCase()),
        'must be a list of report ids',
      )
      // Piped, because zod would measure the length of a text that stands where the list should.
      .pipe(
        z
          .array(z.string())
          .min(1, 'must name at least one report')
          .max(maxReports, `must name at most ${maxReports} reports: send several requests`),
      )
      .transform((ids) => [...new Set(ids)])
  );
}

/** `POST /api/pause`. */
export function pauseRequestSchema({ maxReports, nowMs }: RequestLimits): z.ZodType<PauseRequest> {
  return z
    .strictObject(
      {
        reportIds: reportIds(maxReports),
        account,
        until: z.iso
          .datetime({ offset: true, error: 'must be an instant like 2026-01-31T06:00:00Z' })
          .optional(),
        duration: z.string('must be a duration like PT4H').optional(),
        reason: reason('asked for by request'),
        requestId: requestId.optional(),
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
export const drainRequestSchema: z.ZodType<DrainRequest> = z.strictObject(
  { account, reason: reason('drain') },
  'must be an object',
);

/** `POST /api/resume`. */
export function resumeRequestSchema({ maxReports }: RequestLimits): z.ZodType<ResumeRequest> {
  return z
    .strictObject(
      {
        reportIds: reportIds(maxReports).optional(),
        requestId: requestId.optional(),
        account,
        reason: reason(''),
        includeWindows: flag,
        takeOver: flag,
      },
      'must be an object',
    )
    .transform((body, context): ResumeRequest => {
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

function endOf(
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
  const untilMs = until === undefined ? null : Date.parse(until);
  return untilMs !== null && untilMs <= nowMs
    ? { fault: { field: 'until', message: 'must be in the future' } }
    : { untilMs };
}
