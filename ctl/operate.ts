import { CommandError, type ExitCode } from './commandError.ts';
import { helpOf } from './commandHelp.ts';
import type { CommandLine } from './commandLine.ts';
import { askApp } from './commands/askApp.ts';
import { askHistory } from './commands/askHistory.ts';
import { awaitWindow } from './commands/awaitWindow.ts';
import { changeReports } from './commands/changeReports.ts';
import { exemptReports } from './commands/exemptReports.ts';
import { listReports } from './commands/listReports.ts';
import { pushWindows } from './commands/pushWindows.ts';
import { watchReports } from './commands/watchReports.ts';
import { openDoors } from './connection/openDoors.ts';
import { createSignIn } from './connection/signIn.ts';
import { helpText } from './helpText.ts';
import { parseCommandLine } from './parseCommandLine.ts';
import { coloured } from './telling/coloured.ts';
import { jsonLine, plain } from './telling/plain.ts';
import { fitLine } from './telling/textWidth.ts';
import type { Told } from './telling/told.ts';
import { settleTimes } from './times/settleTimes.ts';
import type { World } from './world.ts';

/** Does what a command line asks for, and tells the exit code. Never throws; shows no key and no token. */
export async function operate(argv: readonly string[], outside: World): Promise<ExitCode> {
  const fitted = (text: string) =>
    text
      .split('\n')
      .flatMap((line) => fitLine(line, outside.width))
      .join('\n');
  const world: World = { ...outside, err: (text) => outside.err(fitted(text)) };
  const hidden: string[] = [];
  try {
    const line = parseCommandLine(argv, world.env);
    if (line.kind === 'help') {
      world.out(line.of === null ? helpText : helpOf(line.of));
      return 0;
    }
    if (line.kind === 'version') {
      world.out(await world.readVersion());
      return 0;
    }
    const { exitCode, lines, answer } = await perform(line, world, hidden);
    const { name } = line.command;
    const told = line.isJson
      ? jsonLine({ ok: exitCode === 0, exitCode, command: name, answer })
      : shown(fitted(lines.map(plain).join('\n')).split('\n'), world).join('\n');
    world.out(without(hidden, told));
    return exitCode;
  } catch (error: unknown) {
    const { exitCode, code, message } = failureOf(error);
    const told = plain(without(hidden, message));
    if (argv.includes('--json')) {
      world.out(jsonLine({ ok: false, exitCode, error: { code, message: told } }));
    }
    world.err(`ctl: ${told}`);
    return exitCode;
  }
}

function shown(lines: readonly string[], { isColoured }: World): readonly string[] {
  return isColoured ? coloured(lines) : lines;
}

async function perform(
  { command: given, connection, showsAll }: Extract<CommandLine, { kind: 'run' }>,
  world: World,
  hidden: string[],
): Promise<Told> {
  const command = settleTimes(given, world);
  const signIn = createSignIn(connection.signIn);
  const doors = openDoors(connection, signIn, world);
  const style = { width: world.width, timeZone: world.timeZone, showsAll };
  try {
    switch (command.name) {
      case 'status':
      case 'plan':
      case 'windows':
      case 'accounts':
      case 'health':
      case 'why':
        return await askApp(command, doors, style);
      case 'history':
        return await askHistory(command, doors, world, style);
      case 'watch':
        return await watchReports(doors, world, style);
      case 'wait':
        return await awaitWindow(command, doors, world, style);
      case 'reports':
        return await listReports(command, doors, style);
      case 'exempt':
      case 'exemptions':
      case 'exemptions end':
        return await exemptReports(command, doors, world, style);
      case 'windows push':
        return await pushWindows(command, doors, world);
      default:
        return await changeReports(command, doors, world, style);
    }
  } finally {
    hidden.push(...signIn.secrets());
  }
}

function failureOf(error: unknown): { exitCode: ExitCode; code: string; message: string } {
  if (error instanceof CommandError) {
    return error;
  }
  const name = error instanceof Error ? error.name : 'unknown';
  return { exitCode: 1, code: 'unexpected', message: `This is a fault of the command itself (${name}).` };
}

/** A short text is no key, and may stand anywhere. */
const SHORTEST_SECRET = 8;

function without(hidden: readonly string[], text: string): string {
  return hidden
    .filter((secret) => secret.length >= SHORTEST_SECRET)
    .reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
}
