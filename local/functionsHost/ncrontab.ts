import { Cron } from 'croner';

/** When a timer is due, in UTC. */
export interface TimerSchedule {
  /** First due instant strictly after the one given, epoch milliseconds; null where there is none. */
  nextAfter(instantMs: number): number | null;
}

const allowedFields = /^[\d*,/-]+$/;
const allowedNamedFields = /^[\dA-Z*,/-]+$/i;

/**
 * Reads an NCRONTAB expression: five fields, or six with seconds first. A day must match both day of month and day of
 * week. Spans like `00:05:00` are refused, as on the Flex Consumption plan.
 * @throws Error in one sentence.
 */
export function parseNcrontab(expression: string): TimerSchedule {
  const fields = expression.trim().split(/\s+/);
  const namedFrom = fields.length - 2;
  const isReadable = fields.every((field, index) =>
    (index < namedFrom ? allowedFields : allowedNamedFields).test(field),
  );
  if ((fields.length !== 5 && fields.length !== 6) || !isReadable) {
    throw new Error(`"${expression}" is not an NCRONTAB expression of five or six fields`);
  }
  const cron = createCron(fields.join(' '), expression);
  return { nextAfter: (instantMs) => cron.nextRun(new Date(instantMs))?.getTime() ?? null };
}

function createCron(pattern: string, expression: string): Cron {
  try {
    return new Cron(pattern, {
      timezone: 'UTC',
      mode: '5-or-6-parts',
      domAndDow: true,
      sloppyRanges: true,
      paused: true,
    });
  } catch (error: unknown) {
    throw new Error(`"${expression}" is not an NCRONTAB expression`, { cause: error });
  }
}
