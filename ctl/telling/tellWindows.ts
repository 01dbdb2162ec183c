import type { WindowProblem, Windows } from '../connection/answers.ts';
import { showInstant } from './instant.ts';
import { plain } from './plain.ts';
import { table } from './table.ts';
import { count, type Style } from './told.ts';

/** So many of the reports that a window selects are named. */
const NAMED = 3;

/** Every window with its times in its own zone, and what is wrong. Pure. */
export function tellWindows(windows: Windows, { width, showsAll }: Style): readonly string[] {
  const rows = windows.windows.map((window) => {
    const { name, account, timeZone, enabled, now, said, next, validFrom, validTo, state, rule, selects } =
      window;
    const is = state ?? (enabled ? (now === null ? 'closed' : 'open') : 'disabled');
    const when = [
      ...(rule === undefined ? [] : [rule]),
      ...(now === null ? [] : [`open ${untilEndOf(now, timeZone)}`]),
      ...(said == null
        ? []
        : [
            `${said.what} ${now === null ? `at ${showInstant(said.untilUtc, timeZone)} ` : ''}by ${said.who}: ${said.why}`,
          ]),
      ...next
        .slice(0, showsAll ? next.length : 1)
        .map((one) => `next ${showInstant(one.fromUtc, timeZone)} ${untilEndOf(one, timeZone)}`),
      ...(rule === undefined ? startDates(validFrom ?? null, validTo ?? null) : []),
      ...(selects == null ? [] : [selectsLine(selects)]),
    ].join('; ');
    return [name, account, is === 'open' ? 'OPEN' : is, timeZone, when];
  });
  const problems = windowProblemLines(windows);
  return [
    ...(rows.length === 0 ? ['No window is configured.'] : []),
    ...(rows.length === 0 ? [] : table(['Window', 'Account', 'Is', 'Zone', 'When'], rows, width)),
    ...(problems.length === 0 ? [] : ['', ...problems]),
  ];
}

function selectsLine({
  count: selected,
  reports,
  exemptCount,
}: NonNullable<Windows['windows'][number]['selects']>): string {
  const names = reports.slice(0, NAMED).map(({ reportName }) => reportName);
  const rest = selected > names.length ? `, and ${selected - names.length} more` : '';
  const leftOut = exemptCount == null || exemptCount === 0 ? '' : ` (${exemptCount} left out: "exemptions")`;
  return selected === 0
    ? `selects no report now${leftOut}`
    : `selects ${count(selected, 'report')}: ${names.join(', ')}${rest}${leftOut}`;
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
