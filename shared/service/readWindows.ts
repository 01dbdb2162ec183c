import type { ReadWindows } from '../deciding/decide.ts';
import { accountsOf, DEFAULT_ACCOUNT, impliedAccount } from '../settings/accountsOf.ts';
import type { Settings } from '../settings/readSettings.ts';
import type { KnownAccounts } from '../windows/parseWindow.ts';
import { mergeWindows, type ParsedWindows, parseWindows } from '../windows/parseWindows.ts';
import { simpleWindow } from '../windows/simpleWindow.ts';
import type { WindowProblem } from '../windows/windowProblem.ts';

/** Every window that is configured, with what is wrong about them. */
export interface ConfiguredWindows extends ReadWindows {
  readonly problems: readonly WindowProblem[];
}

/** The windows of the simple settings and of `MAINTENANCE_WINDOWS`. One bad window leaves the others working. */
export function windowsOfSettings(settings: Settings): ParsedWindows {
  const known = knownAccounts(settings);
  return mergeWindows(
    [simplePart(settings, known), listPart(settings, known)].filter((part) => part !== null),
  );
}

/** The accounts that windows may name, and whose a window is that names none. */
export function knownAccounts(settings: Settings): Required<KnownAccounts> {
  const accounts = accountsOf(settings);
  return { defaultAccount: impliedAccount(accounts), accounts: accounts.map(({ name }) => name) };
}

/** Parsed windows as the decision takes them: a list with an unreadable name in it lets no hold end by it. */
export function configuredWindows(parsed: ParsedWindows): ConfiguredWindows {
  const { windows, invalidNames, problems, isComplete } = parsed;
  return { areReadable: isComplete, windows, invalidNames, problems };
}

function simplePart(settings: Settings, known: KnownAccounts): ParsedWindows | null {
  const { REPORT_IDS, PAUSE_SCHEDULE, PAUSE_DURATION, TIME_ZONE } = settings;
  if (REPORT_IDS.length === 0 || PAUSE_SCHEDULE === null) {
    return null;
  }
  return simpleWindow({
    reportIds: REPORT_IDS,
    pauseSchedule: PAUSE_SCHEDULE,
    pauseDuration: PAUSE_DURATION,
    timeZone: TIME_ZONE,
    // The simple settings belong together: their window is of their own account.
    known: { ...known, defaultAccount: known.defaultAccount ?? simpleAccountName(settings) },
    maxReports: null,
  });
}

function listPart({ MAINTENANCE_WINDOWS }: Settings, known: KnownAccounts): ParsedWindows | null {
  return MAINTENANCE_WINDOWS === null ? null : parseWindows(parseJson(MAINTENANCE_WINDOWS), known);
}

function simpleAccountName({ TENANT_ID }: Settings): string | null {
  return TENANT_ID === null ? null : DEFAULT_ACCOUNT;
}

/** Text that is no JSON is no list either: then no window is known, and no hold ends before its own end. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
