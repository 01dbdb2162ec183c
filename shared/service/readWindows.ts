import type { ReadWindows } from '../deciding/decide.ts';
import type { Settings } from '../settings/readSettings.ts';
import { type ParsedWindows, parseWindows } from '../windows/parseWindows.ts';
import { simpleWindow } from '../windows/simpleWindow.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';

/** The name of the account that the simple settings make. */
export const DEFAULT_ACCOUNT = 'default';

/** Every window of the settings, with what is wrong about them. */
export interface ConfiguredWindows extends ReadWindows {
  readonly problems: readonly WindowProblem[];
}

/** The windows of the simple settings and of `MAINTENANCE_WINDOWS`. One bad window leaves the others working. */
export function readWindows(settings: Settings): ConfiguredWindows {
  const parts = [simplePart(settings), listPart(settings)].filter((part) => part !== null);
  const names = parts.flatMap((part) => [...part.windows.map(({ name }) => name), ...part.invalidNames]);
  const repeated = new Set(names.filter((name, at) => names.indexOf(name) !== at));
  return {
    areReadable: parts.every(({ isComplete }) => isComplete),
    windows: parts.flatMap((part) => part.windows).filter(({ name }) => !repeated.has(name)),
    invalidNames: [...parts.flatMap((part) => part.invalidNames), ...repeated],
    problems: [...parts.flatMap((part) => part.problems), ...[...repeated].map(nameTaken)],
  };
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
    : parseWindows(MAINTENANCE_WINDOWS, { defaultAccount: DEFAULT_ACCOUNT });
}

function nameTaken(name: string): WindowProblem {
  return {
    window: name,
    pointer: '/MAINTENANCE_WINDOWS',
    code: 'duplicate_name',
    message: `The simple settings already make a window "${name}": give this one another name.`,
    severity: 'error',
  };
}
