import { wrongUsage } from './commandError.ts';
import type { Command } from './commandLine.ts';
import type { Values } from './parseCommandLine.ts';
import { uuid } from './uuid.ts';

/** History is kept for so many days. */
const MOST_DAYS = 90;

/** Which history is asked for. @throws CommandError (2) */
export function parseHistory({ window, report, runs, account, days = '7' }: Values): Command {
  if ([window, report, runs].filter((one) => one !== undefined).length > 1) {
    throw wrongUsage(
      'history tells of --window NAME, of --report ID, or of --runs: give one of them, or none.',
    );
  }
  if (!/^[1-9]\d?$/.test(days) || Number(days) > MOST_DAYS) {
    throw wrongUsage(`--days must be 1 to ${MOST_DAYS}.`);
  }
  const about =
    report !== undefined
      ? ({ kind: 'report', reportId: uuid(report, 'the id of a report') } as const)
      : runs === true
        ? ({ kind: 'runs' } as const)
        : ({ kind: 'windows', window: window ?? null } as const);
  return { name: 'history', about, account: account ?? null, days: Number(days) };
}
