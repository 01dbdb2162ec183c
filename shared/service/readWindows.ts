import type { ReadWindows } from '../deciding/decide.ts';
import type { Settings } from '../settings/readSettings.ts';
import { mergeWindows, type ParsedWindows, parseWindows } from '../windows/parseWindows.ts';
import { simpleWindow } from '../windows/simpleWindow.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';

/** The name of the account that the simple settings make. */
export const DEFAULT_ACCOUNT = 'default';

/** Every window that is configured, with what is wrong about them. */
export interface ConfiguredWindows extends ReadWindows {
  readonly problems: readonly WindowProblem[];
}

/** The windows of the simple settings and of `MAINTENANCE_WINDOWS`. One bad window leaves the others working. */
export function windowsOfSettings(settings: Settings): ParsedWindows {
  return mergeWindows([simplePart(settings), listPart(settings)].filter((part) => part !== null));
}

/** Parsed windows as the decision takes them: a list with an unreadable name in it lets no hold end by it. */
export function configuredWindows(parsed: ParsedWindows): ConfiguredWindows {
  const { windows, invalidNames, problems, isComplete } = parsed;
  return { areReadable: isComplete, windows, invalidNames, problems };
}

function simplePart(settings: Settings): ParsedWindows | null {
  const { REPORT_IDS, PAUSE_SCHEDULE, PAUSE_DURATION, TIME_ZONE } = settings;
  if (REPORT_IDS.length === 0 || PAUSE_SCHEDULE === null) {
    return null;
  }
  return simpleWindow({
    reportIds: REPORT_IDS,
    pauseSchedule: PAUSE_SCHEDULE,
    pauseDuration: PAUSE_DURATION,
    timeZone: TIME_ZONE,
    account: DEFAULT_ACCOUNT,
    maxReports: null,
  });
}

function listPart({ MAINTENANCE_WINDOWS }: Settings): ParsedWindows | null {
  return MAINTENANCE_WINDOWS === null
    ? null
    : parseWindows(parseJson(MAINTENANCE_WINDOWS), { defaultAccount: DEFAULT_ACCOUNT });
}

/** Text that is no JSON is no list either: then no window is known, and no hold ends before its own end. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
