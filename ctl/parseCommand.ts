import { wrongUsage } from './commandError.ts';
import type { Command } from './commandLine.ts';
import { given, isDry, reportsMeant } from './flagValues.ts';
import type { Values } from './parseCommandLine.ts';
import { parseExemption, parseExemptionEnd } from './parseExemption.ts';
import { parseHistory } from './parseHistory.ts';
import { uuid } from './uuid.ts';

const MINUTE_IN_MS = 60_000;
const MOST_MINUTES = 1440;

/** Reads what one command needs out of its operands and flags. @throws CommandError (2) */
export function parseCommand(
  name: Command['name'],
  operands: readonly string[],
  values: Values,
  env: Readonly<Record<string, string | undefined>>,
): Command {
  switch (name) {
    case 'windows push':
      return push(operands, values, env);
    case 'pause':
      return pause(operands, values);
    case 'resume':
      return resume(operands, values);
    case 'acknowledge':
      if (operands.length === 0 || values.reason === undefined) {
        throw wrongUsage(
          'acknowledge needs report ids, or "-" to read them from standard input, and --reason TEXT: it is kept in the history.',
        );
      }
      return { name, ids: operands, body: given({ account: values.account, reason: values.reason }) };
    case 'relearn':
      none(name, operands);
      if (values.account === undefined || values.reason === undefined) {
        throw wrongUsage(
          'relearn needs --account NAME and --reason TEXT: what was learned of that account is forgotten, and why is told with the event.',
        );
      }
      return { name, account: values.account, body: { reason: values.reason } };
    case 'end':
    case 'extend':
      return aboutOccurrence(name, operands, values);
    case 'exempt':
      return parseExemption(operands, values);
    case 'exemptions':
      none(name, operands);
      return { name, account: values.account ?? null };
    case 'exemptions end':
      return parseExemptionEnd(operands, values);
    case 'wait':
      none(name, operands);
      if (values.window === undefined) {
        throw wrongUsage('wait needs --window NAME: "windows" lists them.');
      }
      return { name, window: values.window, timeoutInMs: minutesOf('timeout', values.timeout ?? '60') };
    case 'why':
      return { name, reportId: uuid(only(operands, 'why ID'), 'the id of a report') };
    case 'history':
      none(name, operands);
      return parseHistory(values);
    case 'runs':
      return {
        ...{ name, waitInMs: waitOf(values) },
        runId: uuid(only(operands, 'runs RUN_ID'), 'the id of a run'),
      };
    case 'reports':
      none(name, operands);
      return { name, ...reportsAsked(values) };
    case 'plan':
      return {
        ...{ name, at: values.at ?? null, until: values.until ?? null },
        reportId: operands.length === 0 ? null : uuid(only(operands, 'plan ID'), 'the id of a report'),
      };
    case 'adopt':
      none(name, operands);
      if (values.reason === undefined) {
        throw wrongUsage('adopt needs --reason TEXT: it is kept in the history.');
      }
      return { name, body: given({ account: values.account, reason: values.reason, until: values.until }) };
    case 'drain':
      none(name, operands);
      if (values.yes !== true && !isDry(values)) {
        throw wrongUsage(
          'drain ends every hold and resumes every report of ours, windows or not: give --yes if that is meant, or --dry-run to see what it would do.',
        );
      }
      return {
        ...{ name, isDry: isDry(values) },
        body: given({ confirm: 'drain', account: values.account, reason: values.reason }),
      };
    case 'status':
    case 'watch':
    case 'windows':
    case 'accounts':
    case 'health':
    case 'tick':
      none(name, operands);
      return { name };
  }
}

function pause(ids: readonly string[], values: Values): Command {
  const { until, duration, reason, request, account } = values;
  const reports = reportsMeant(values);
  if ((ids.length === 0) === (reports === null)) {
    throw wrongUsage(
      'pause needs at least one report id, "-" to read them from standard input, --name PATTERN or --all-reports; one of these ways.',
    );
  }
  if (until !== undefined && duration !== undefined) {
    throw wrongUsage('Give either --until or --duration, not both.');
  }
  const body = {
    ...(reports === null ? {} : { reports }),
    ...given({ until, duration, reason, requestId: request, account }),
  };
  return { name: 'pause', ids, isDry: isDry(values), waitInMs: waitOf(values), body };
}

function resume(ids: readonly string[], values: Values): Command {
  const { request, reason, account } = values;
  const reports = reportsMeant(values);
  if ([ids.length > 0, request !== undefined, reports !== null].filter((isGiven) => isGiven).length !== 1) {
    throw wrongUsage(
      'resume needs either report ids or --request NAME of the pause, or --name PATTERN, or --all-reports; one of these ways.',
    );
  }
  const takesOver = values['take-over'] === true;
  if (takesOver && reason === undefined) {
    throw wrongUsage('--take-over needs --reason TEXT: it is kept in the history.');
  }
  const body = {
    ...(reports === null ? {} : { reports }),
    ...given({ requestId: request, reason, account }),
    ...(values['include-windows'] === true ? { includeWindows: true as const } : {}),
    ...(takesOver ? { takeOver: true as const } : {}),
  };
  return { name: 'resume', ids, isDry: isDry(values), waitInMs: waitOf(values), body };
}

function aboutOccurrence(name: 'end' | 'extend', operands: readonly string[], values: Values): Command {
  const { until, by, why, reason = why } = values;
  const [window, ...others] = operands;
  if (window === undefined || others.length > 0) {
    throw wrongUsage(`${name} needs the NAME of one window: "windows" lists them.`);
  }
  if (reason === undefined) {
    throw wrongUsage(`${name} needs --why TEXT: it is shown beside the window.`);
  }
  if (name === 'extend' && (until === undefined) === (by === undefined)) {
    throw wrongUsage(
      'extend needs either --by 2h, how much longer, or --until INSTANT; who asks is said by INTERMISSION_BY.',
    );
  }
  const longer = name === 'extend' && by !== undefined ? durationOf(by) : undefined;
  return { name, window, waitInMs: waitOf(values), body: given({ reason, until, by: longer }) };
}

/** `2h` as people say it, or ISO 8601. @throws CommandError (2) */
function durationOf(text: string): string {
  const [, number = '', unit = ''] = /^(\d{1,5})([mhd])$/i.exec(text) ?? [];
  if (number !== '') {
    return unit.toLowerCase() === 'd' ? `P${number}D` : `PT${number}${unit.toUpperCase()}`;
  }
  if (!/^P/i.test(text)) {
    throw wrongUsage('--by is how much longer: 90m, 2h or 1d, or an ISO 8601 duration like PT2H.');
  }
  return text;
}

function push(
  operands: readonly string[],
  values: Values,
  env: Readonly<Record<string, string | undefined>>,
): Command {
  const [file, ...others] = operands;
  const { storage = env['INTERMISSION_STORAGE'] ?? '', blob: path = 'windows/windows.json' } = values;
  if (file === undefined || others.length > 0) {
    throw wrongUsage('windows push needs one FILE with the list of windows, or "-" for standard input.');
  }
  if (storage === '') {
    throw wrongUsage(
      'windows push needs --storage ACCOUNT, or INTERMISSION_STORAGE: "azd env get-value AZURE_STORAGE_ACCOUNT_NAME" tells it.',
    );
  }
  if (!/^[a-z0-9-]{3,63}\/.+$/.test(path)) {
    throw wrongUsage('--blob is container/name, as WINDOWS_BLOB of the app has it.');
  }
  return { name: 'windows push', file, storage, path, isMeant: values.yes === true };
}

function reportsAsked({ held, status, name, account, limit }: Values) {
  if (limit !== undefined && !/^[1-9]\d{0,5}$/.test(limit)) {
    throw wrongUsage('--limit must be a number from 1 on.');
  }
  const query = given({ status, name, account, held: held === true ? 'true' : undefined });
  return { query, limit: limit === undefined ? null : Number(limit) };
}

function waitOf({ wait = '30' }: Values): number {
  return minutesOf('wait', wait);
}

function minutesOf(flag: string, text: string): number {
  if (!/^\d{1,4}$/.test(text) || Number(text) > MOST_MINUTES) {
    throw wrongUsage(`--${flag} must be 0 to ${MOST_MINUTES} minutes.`);
  }
  return Number(text) * MINUTE_IN_MS;
}

function only(operands: readonly string[], usage: string): string {
  const [one] = operands;
  if (one === undefined || operands.length > 1) {
    throw wrongUsage(`Give exactly one id: ${usage}.`);
  }
  return one;
}

function none(name: string, operands: readonly string[]): void {
  if (operands.length > 0) {
    throw wrongUsage(`"${name}" takes nothing but flags: see --help.`);
  }
}
