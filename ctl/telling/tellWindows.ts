import type { WindowProblem, Windows } from '../connection/answers.ts';
import { showInstant } from './instant.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import type { Style } from './told.ts';

/** Every window with its times in its own zone, and what is wrong. Pure. */
export function tellWindows(windows: Windows, { width, showsAll }: Style): readonly string[] {
  const rows = windows.windows.map(({ name, account, timeZone, enabled, now, next, validFrom, validTo }) => [
    ...[name, account, enabled ? (now === null ? 'closed' : 'OPEN') : 'disabled', timeZone],
    [
      ...(now === null ? [] : [`open ${untilEndOf(now, timeZone)}`]),
      ...next
        .slice(0, showsAll ? next.length : 1)
        .map((one) => `next ${showInstant(one.fromUtc, timeZone)} ${untilEndOf(one, timeZone)}`),
      ...startDates(validFrom ?? null, validTo ?? null),
    ].join('; '),
  ]);
  const problems = windowProblemLines(windows);
  return [
    ...(rows.length === 0 ? ['No window is configured.'] : []),
    ...(rows.length === 0 ? [] : table(['Window', 'Account', 'Is', 'Zone', 'When'], rows, width)),
    ...(problems.length === 0 ? [] : ['', ...problems]),
  ];
}

/** A line per window that is open now. Pure. */
export function openWindowLines({ windows }: Windows): readonly string[] {
  return windows.flatMap(({ name, timeZone, now }) =>
    now === null ? [] : [plain(`Window ${name} is open ${untilEndOf(now, timeZone)}.`)],
  );
}

/** A line per problem of the windows. Pure. */
export function windowProblemLines({ areReadable, windows, problems }: Windows): readonly string[] {
  return [...(areReadable ? [] : [unreadLine(windows.length)]), ...problems.map(windowProblemLine)];
}

/** One problem of a window. Pure. */
export function windowProblemLine({ window, pointer, code, message, severity }: WindowProblem): string {
  const whose = window === null && pointer === '' ? 'windows' : `window ${window ?? '?'}`;
  const where = pointer === '' ? '' : ` at ${pointer}`;
  return plain(`${severity === 'error' ? 'PROBLEM' : 'Warning'} ${whose}${where}: ${message} (${code})`);
}

function unreadLine(read: number): string {
  return read === 0
    ? 'PROBLEM windows: they could not be read, so no window begins, and none ends before its written end.'
    : `PROBLEM windows: not all could be read. The ${read} listed work; of the others none begins, and none ends before its written end.`;
}

function untilEndOf({ untilUtc }: { readonly untilUtc: string | null }, timeZone: string): string {
  return `until ${untilUtc === null ? 'somebody resumes' : showInstant(untilUtc, timeZone)}`;
}

/** The dates are the window's own, in its zone. */
function startDates(validFrom: string | null, validTo: string | null): readonly string[] {
  if (validFrom === null && validTo === null) return [];
  const from = validFrom === null ? '' : ` from ${validFrom}${validTo === null ? ' on' : ''}`;
  return [`starts${from}${validTo === null ? '' : ` until ${validTo}`}`];
}

/** True where the windows are read and none is invalid. Pure. */
export function areWindowsSound({ areReadable, problems }: Windows): boolean {
  return areReadable && problems.every(({ severity }) => severity === 'warning');
}
