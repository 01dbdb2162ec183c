import { formatInstant, utcText } from '../windows/formatInstant.ts';
import type { PauseRequest } from './requests.ts';

/** When what a pause asked for ends, as it was read. */
export interface ShownEnd {
  /** Null without an end: until somebody resumes. */
  readonly untilUtc: string | null;
  /** The same in the zone that was named; missing where none was. */
  readonly untilLocal?: string;
}

/** Shows the end of a pause to whoever asked for it. */
export function shownEnd({ untilMs, timeZone }: Pick<PauseRequest, 'untilMs' | 'timeZone'>): ShownEnd {
  return {
    untilUtc: untilMs === null ? null : utcText(untilMs),
    ...(untilMs === null || timeZone === null ? {} : { untilLocal: formatInstant(untilMs, timeZone).local }),
  };
}
