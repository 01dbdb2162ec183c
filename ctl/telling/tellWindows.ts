import type { Windows } from '../connection/answers.ts';
import { showInstant } from './instant.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import type { Style } from './told.ts';

/** Every window with its times in its own zone, and what is wrong. Pure. */
export function tellWindows(windows: Windows, { width, showsAll }: Style): readonly string[] {
  const rows = windows.windows.map(({ name, account, timeZone, enabled, now, next }) => [
    ...[name, account, enabled ? (now === null ? 'closed' : 'OPEN') : 'disabled', timeZone],
    [
      ...(now === null ? [] : [`open until ${showInstant(now.untilUtc, timeZone)}`]),
      ...next
        .slice(0, showsAll ? next.length : 1)
        .map((one) => `next ${showInstant(one.fromUtc, timeZone)} to ${showInstant(one.untilUtc, timeZone)}`),
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
    now === null ? [] : [plain(`Window ${name} is open until ${showInstant(now.untilUtc, timeZone)}.`)],
  );
}

/** A line per problem of the windows. Pure. */
export function windowProblemLines({ areReadable, problems }: Windows): readonly string[] {
  return [
    ...(areReadable ? [] : ['PROBLEM windows: they could not be read, so no pause begins.']),
    ...problems.map(({ window, pointer, code, message, severity }) =>
      plain(
        `${severity === 'error' ? 'PROBLEM' : 'Warning'} window ${window ?? '?'} at ${pointer}: ${message} (${code})`,
      ),
    ),
  ];
}

/** True where the windows are read and none is invalid. Pure. */
export function areWindowsSound({ areReadable, problems }: Windows): boolean {
  return areReadable && problems.every(({ severity }) => severity === 'warning');
}
