import { parseArgs } from 'node:util';
import { wrongUsage } from './commandError.ts';
import type { Command, CommandLine } from './commandLine.ts';
import { parseConnection } from './connection/parseConnection.ts';
import { didYouMean } from './didYouMean.ts';
import { parseCommand } from './parseCommand.ts';

const text = { type: 'string' } as const;
const flag = { type: 'boolean' } as const;
const options = {
  ...{ url: text, key: text, audience: text, by: text, account: text, at: text, until: text, duration: text },
  ...{ reason: text, why: text, request: text, wait: text, storage: text, blob: text, name: text },
  ...{ window: text, timeout: text, report: text, runs: flag, days: text },
  ...{ status: text, limit: text, held: flag },
  ...{
    'include-windows': flag,
    'take-over': flag,
    'dry-run': flag,
    'all-reports': flag,
    'all-windows': flag,
    yes: flag,
    json: flag,
    all: flag,
    help: flag,
    version: flag,
  },
};

/** The flags as they were given. */
export type Values = ReturnType<typeof readFlags>['values'];

const everywhere: readonly string[] = ['url', 'key', 'audience', 'by', 'json', 'all', 'help'];
const flagsOf: { readonly [Name in Command['name']]: readonly string[] } = {
  status: [],
  reports: ['held', 'status', 'name', 'account', 'limit'],
  watch: [],
  plan: ['at', 'until'],
  windows: [],
  'windows push': ['storage', 'blob', 'yes'],
  accounts: [],
  health: [],
  pause: ['name', 'all-reports', 'until', 'duration', 'reason', 'request', 'account', 'wait', 'dry-run'],
  resume: [
    'name',
    'all-reports',
    'request',
    'include-windows',
    'take-over',
    'reason',
    'account',
    'wait',
    'dry-run',
  ],
  acknowledge: ['reason', 'account'],
  relearn: ['reason', 'account'],
  end: ['why', 'reason', 'wait'],
  extend: ['until', 'why', 'reason', 'wait'],
  exempt: [
    'name',
    'all-reports',
    'window',
    'all-windows',
    'until',
    'duration',
    'why',
    'reason',
    'account',
    'dry-run',
  ],
  exemptions: ['account'],
  'exemptions end': ['why', 'reason', 'dry-run'],
  wait: ['window', 'timeout'],
  why: [],
  history: ['window', 'report', 'runs', 'account', 'days'],
  runs: ['wait'],
  tick: [],
  adopt: ['reason', 'until', 'account'],
  drain: ['yes', 'reason', 'account', 'dry-run'],
};

/**
 * Reads the command line; flags go before the environment.
 * @throws CommandError (2) that names the flag and says what to do.
 */
export function parseCommandLine(
  argv: readonly string[],
  env: Readonly<Record<string, string | undefined>>,
): CommandLine {
  const { values, positionals } = readFlags(argv);
  if (values.version === true) {
    return { kind: 'version' };
  }
  const [given, ...operands] = asOneCommand(positionals);
  if (values.help === true || given === 'help') {
    const [of] = given === 'help' ? asOneCommand(operands) : [given];
    return { kind: 'help', of: of === undefined ? null : commandName(of) };
  }
  const name = commandName(given);
  const unfit = Object.keys(values).find((key) => !everywhere.includes(key) && !flagsOf[name].includes(key));
  if (unfit !== undefined) {
    throw wrongUsage(`--${unfit} is no flag of "${name}": leave it out, or see --help.`);
  }
  const empty = Object.entries(values).find(([, value]) => value === '');
  if (empty !== undefined) {
    throw wrongUsage(`--${empty[0]} is empty: give it a value, or leave it out.`);
  }
  return {
    kind: 'run',
    command: parseCommand(name, operands, values, env),
    // With extend it is how much longer, so that who asks stands in the environment.
    connection: parseConnection(name === 'extend' ? { ...values, by: undefined } : values, env),
    isJson: values.json === true,
    showsAll: values.all === true,
  };
}

/** The commands of two words. */
function asOneCommand(positionals: readonly string[]): readonly string[] {
  const [first, second, ...rest] = positionals;
  const both = `${first} ${second}`;
  return both === 'windows push' || both === 'exemptions end' ? [both, ...rest] : positionals;
}

function readFlags(argv: readonly string[]) {
  try {
    return parseArgs({ args: [...argv], options, allowPositionals: true, strict: true });
  } catch (error: unknown) {
    const told =
      typeof error === 'object' && error !== null && 'message' in error ? String(error.message) : '';
    // What follows is advice on dashes, which helps nobody here.
    const [message] = told.split(/\.\s|\.$|\n/);
    const unknown = /^Unknown option '--([\w-]+)/.exec(told)?.[1] ?? '';
    const near = didYouMean(unknown, Object.keys(options)).replace('"', '"--');
    throw wrongUsage(`${message}: see --help.${near}`);
  }
}

function commandName(given: string | undefined): Command['name'] {
  const names = Object.keys(flagsOf).join(', ');
  if (given === undefined) {
    throw wrongUsage(`Name a command: ${names}. See --help.`);
  }
  if (!isCommandName(given)) {
    const near = didYouMean(given, Object.keys(flagsOf));
    throw wrongUsage(`There is no such command.${near} Name one of ${names}. See --help.`);
  }
  return given;
}

function isCommandName(name: string): name is Command['name'] {
  return Object.hasOwn(flagsOf, name);
}
