import type { KnownAccounts } from './parseWindow.ts';
import { type ParsedWindows, parseWindows } from './parseWindows.ts';

/** The three settings of the simple case, and the zone they are read in. An absent or empty duration is null. */
export interface SimpleWindowSettings {
  readonly reportIds: readonly string[];
  readonly pauseSchedule: string;
  readonly pauseDuration: string | null;
  readonly timeZone: string;
  readonly known: KnownAccounts;
  /** Null takes the default of every window. */
  readonly maxReports: number | null;
}

/** Where each setting goes, longest first; problems are told under the setting's name. */
const SETTINGS = [
  ['/0/reports/ids', '/REPORT_IDS'],
  ['/0/schedule/start', '/PAUSE_SCHEDULE'],
  ['/0/schedule/duration', '/PAUSE_DURATION'],
  ['/0/schedule/timeZone', '/TIME_ZONE'],
] as const;

/** The window `default` that the simple settings make, through the parser of all windows. */
export function simpleWindow(settings: SimpleWindowSettings): ParsedWindows {
  const parsed = parseWindows(
    [
      {
        name: 'default',
        reports: { ids: settings.reportIds },
        schedule: {
          start: settings.pauseSchedule,
          ...(settings.pauseDuration === null
            ? { untilResumed: true }
            : { duration: settings.pauseDuration }),
          timeZone: settings.timeZone,
        },
        ...(settings.maxReports === null ? {} : { maxReports: settings.maxReports }),
      },
    ],
    settings.known,
  );
  return {
    ...parsed,
    problems: parsed.problems.map((problem) => ({ ...problem, pointer: settingOf(problem.pointer) })),
  };
}

function settingOf(pointer: string): string {
  const [part, setting] = SETTINGS.find(([prefix]) => pointer.startsWith(prefix)) ?? ['', ''];
  return `${setting}${pointer.slice(part.length)}`;
}
