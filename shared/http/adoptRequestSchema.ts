import { z } from 'zod';
import type { PauseRecord } from '../deciding/judgeAdoption.ts';
import { parseServiceTime } from '../model/serviceTime.ts';
import type { AdoptRequest } from '../service/requests.ts';
import { safeText } from '../text/safeText.ts';
import { instant, told } from './answers/told.ts';
import { boundedList } from './boundedList.ts';
import { endOf } from './requestEnd.ts';
import { accountOf, instantText, type RequestLimits } from './requestFields.ts';

const pauseTold = z
  .strictObject(
    {
      reportId: told(
        z.guid('must be a UUID').transform((id) => id.toLowerCase()),
        'Report ID',
        'The id of the report.',
      ),
      pausedAtUtc: told(instant, 'Paused At', 'When we paused it, as the event ReportPaused says.'),
      modifiedTime: told(
        z.string('must be text, empty where the event has none').max(40, 'must be at most 40 characters'),
        'Modified Time',
        'The time of its last change as that event says; empty where it says none.',
      ),
      contents: told(
        z
          .string('must be text')
          .max(300, 'must be at most 300 characters')
          .regex(/^[a-z]*(?:=[0-9a-f]{8}(?:;[a-z]+=[0-9a-f]{8})*)?$/, 'must be as the event says it'),
        'Contents',
        'What the report looked like then, as that event says.',
      ),
    },
    'must be an object',
  )
  .transform(({ reportId, pausedAtUtc, modifiedTime, contents }): PauseRecord => {
    const kept = { modifiedMs: parseServiceTime(modifiedTime), contents };
    return { reportId, pausedAtMs: Date.parse(pausedAtUtc), kept };
  });

/** `POST /api/adopt`. */
export function adoptRequestSchema({
  maxReports,
  nowMs,
  impliedAccount,
}: RequestLimits): z.ZodType<AdoptRequest> {
  const pauses = boundedList(pauseTold, {
    max: maxReports,
    isNone: 'must be a list of pauses',
    isEmpty: 'must name at least one pause',
    isLonger: `must name at most ${maxReports} pauses: send several requests`,
  });
  return z
    .strictObject(
      {
        account: accountOf(impliedAccount),
        pauses: told(
          pauses,
          'Pauses',
          'The last event ReportPaused of each report that is still paused by us.',
        ),
        reason: told(
          z
            .string('must say why; it is kept in the history')
            .min(1, 'must say why; it is kept in the history')
            .max(500, 'must be at most 500 characters')
            .transform((text) => safeText(text, 500)),
          'Reason',
          'Why the ledger has to be rebuilt; kept in the history.',
        ),
        until: told(
          instantText.optional(),
          'Until',
          'How long what is adopted stays paused; without it the windows decide at the next tick.',
        ),
      },
      'must be an object',
    )
    .transform((body, context): AdoptRequest => {
      const end = endOf({ until: body.until }, nowMs);
      const named = new Set<string>();
      const second = body.pauses.findIndex(({ reportId }) => named.size === named.add(reportId).size);
      if (second >= 0) {
        const message = 'is named before: send the last event of each report alone';
        context.addIssue({ code: 'custom', path: ['pauses', second, 'reportId'], message });
      }
      if ('fault' in end) {
        context.addIssue({ code: 'custom', path: [end.fault.field], message: end.fault.message });
        return z.NEVER;
      }
      return { account: body.account, reason: body.reason, records: body.pauses, untilMs: end.untilMs };
    });
}
