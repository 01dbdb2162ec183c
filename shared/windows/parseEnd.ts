import { z } from 'zod';
import { compileCronStart } from './cronStart.ts';
import { parseDurationMs } from './duration.ts';
import { parseTimeOfDayMs } from './timeOfDay.ts';
import type { RecurringSchedule, WindowEnd } from './window.ts';
import { bad, type Fault, good, type Parsed, quote, within } from './windowProblem.ts';

/** How a window says when it ends. */
export const endFields = {
  end: z.string().optional(),
  duration: z.string().nullish(),
  untilResumed: z.boolean().optional(),
};

type WrittenEnd = z.infer<z.ZodObject<typeof endFields>>;

const TO_WRITE =
  'Add "end" (wall time, for example "06:00") or "duration" (for example "PT4H"), or "untilResumed": true if that is meant';

/** The end, which is said in one way; where it is not said at all, a window that names its reports has none. */
export function parseEnd(
  { end, duration, untilResumed = false }: WrittenEnd,
  namesReports: boolean,
): Parsed<WindowEnd> {
  const said = [
    ...(end === undefined ? [] : [`"end", ${quote(end)}`]),
    ...(duration == null ? [] : [`"duration", ${quote(duration)}`]),
    ...(untilResumed ? ['"untilResumed", true'] : []),
  ];
  if (said.length > 1) {
    const message =
      `The window says its end in ${said.length} ways: ${said.join('; ')}. ` +
      'Write one: "end" for wall time, "duration" for elapsed time, or "untilResumed" for none.';
    return bad([end === undefined ? 'duration' : 'end'], 'conflicting_ends', message);
  }
  if (end !== undefined) {
    const time = within(['end'], parseTimeOfDayMs(end));
    return time.ok ? good({ kind: 'atWallTime', timeOfDayMs: time.value }) : time;
  }
  if (duration != null) {
    const length = within(['duration'], parseDurationMs(duration));
    return length.ok ? good({ kind: 'afterDuration', durationMs: length.value }) : length;
  }
  return untilResumed ? good({ kind: 'untilResumed' }) : withoutEnd(namesReports);
}

function withoutEnd(namesReports: boolean): Parsed<WindowEnd> {
  if (!namesReports) {
    const message = `"end" is missing, and the window does not name its reports by id: all that it selects, new ones too, would stay paused until somebody resumes them. ${TO_WRITE}.`;
    return bad(['end'], 'no_end', message);
  }
  const message = `"end" is missing, so that the reports stay paused until somebody resumes them. ${TO_WRITE}.`;
  return good({ kind: 'untilResumed' }, [{ path: ['end'], code: 'no_end', message, severity: 'warning' }]);
}

/** Compared on the wall clock: that a change of clocks brings two starts nearer is no fault of the configuration. */
export function overlapWithItself({ start, end }: RecurringSchedule, written: WrittenEnd): Fault | null {
  const calendar = compileCronStart(start);
  switch (end.kind) {
    case 'untilResumed':
      return null;
    case 'atWallTime': {
      const count = calendar.timesADay;
      if (count === 1) return null;
      const message = `${quote(written.end ?? '')} ends one start a day, and ${quote(start)} has ${count}. Write "duration" instead, or a window for each of them.`;
      return { path: ['end'], code: 'longer_than_period', message, severity: 'error' };
    }
    case 'afterDuration': {
      const { shortestMs } = calendar.gaps();
      if (end.durationMs <= shortestMs) return null;
      const message =
        `${quote(written.duration ?? '')} is longer than the ${inWords(shortestMs)} that lie between two starts of ${quote(start)}. ` +
        'Write a shorter duration, or let it start less often.';
      return { path: ['duration'], code: 'longer_than_period', message, severity: 'error' };
    }
  }
}

/** A time to the second in the largest unit that it is a whole number of. */
function inWords(timeMs: number): string {
  const seconds = Math.round(timeMs / 1_000);
  const [unit, length] = (
    [
      ['days', 86_400],
      ['hours', 3_600],
      ['minutes', 60],
    ] as const
  ).find(([, one]) => seconds % one === 0) ?? ['seconds', 1];
  return `${seconds / length} ${seconds === length ? unit.slice(0, -1) : unit}`;
}
