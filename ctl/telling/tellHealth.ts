import type { Health } from '../connection/answers.ts';
import { plain } from './plain.ts';

/** Whether the app is in order, its version, what is wrong with it, which zone data it reckons with, and what was learned of accounts. Pure. */
export function tellHealth({
  status,
  version = 'unknown',
  problems,
  timeZoneData,
  learned = [],
  learnedNotShown = 0,
}: Health): readonly string[] {
  return [
    plain(`The app is ${status}, version ${version}.`),
    ...problems.map(({ name, window, source, pointer = '', code, message, severity }) => {
      const whose = name ?? (source == null ? `window ${window ?? '?'}` : `webhook source ${source}`);
      const where = pointer === '' ? whose : `${whose} at ${pointer}`;
      const mark = severity === 'warning' ? 'Warning' : 'PROBLEM';
      return plain(`${mark} ${where}: ${message}${code === undefined ? '' : ` (${code})`}`);
    }),
    `Time zones are those of tz database ${timeZoneData}.`,
    ...learned.map(({ account, words }) => plain(`Learned of account ${account}: ${words}`)),
    ...(learnedNotShown === 0
      ? []
      : [
          `Of ${learnedNotShown} more accounts it is not shown here: ask GET /api/health/details?account=NAME.`,
        ]),
  ];
}
