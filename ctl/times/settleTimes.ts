import { wrongUsage } from '../commandError.ts';
import type { Command } from '../commandLine.ts';
import { showInstant } from '../telling/instant.ts';
import { plain } from '../telling/plain.ts';
import type { World } from '../world.ts';
import { readTime } from './readTime.ts';

type Here = Pick<World, 'nowMs' | 'timeZone' | 'err'>;

/**
 * The command with the times of its flags as the app takes them. Each is said as it was read, here and in UTC, before anything is
 * done. So much time from now stays that for a pause and an exemption, so that a repeat under the same name asks for the same. @throws CommandError (2)
 */
export function settleTimes(command: Command, here: Here): Command {
  switch (command.name) {
    case 'plan':
      return {
        ...command,
        at: command.at === null ? null : instantOf('at', command.at, here),
        until: command.until === null ? null : instantOf('until', command.until, here),
      };
    case 'pause': {
      const { until, ...body } = command.body;
      return typeof until === 'string' ? { ...command, body: { ...body, ...endOf(until, here) } } : command;
    }
    case 'exempt': {
      const { until, ...body } = command.body;
      return typeof until === 'string' ? { ...command, body: { ...body, ...endOf(until, here) } } : command;
    }
    case 'extend':
    case 'adopt': {
      const { until } = command.body;
      return until === undefined
        ? command
        : { ...command, body: { ...command.body, until: instantOf('until', until, here) } };
    }
    default:
      return command;
  }
}

function endOf(text: string, here: Here): { readonly until: string } | { readonly duration: string } {
  const { atUtc, durationInMs } = settled('until', text, here);
  return durationInMs === null ? { until: atUtc } : { duration: `PT${durationInMs / 60_000}M` };
}

function instantOf(flag: 'at' | 'until', text: string, here: Here): string {
  return settled(flag, text, here).atUtc;
}

function settled(flag: 'at' | 'until', text: string, here: Here) {
  const nowMs = here.nowMs();
  const pass = flag === 'until' ? 'later' : 'earlier';
  const read = readTime(text, { nowMs, timeZone: here.timeZone, pass });
  if (read.kind === 'unclear') {
    throw wrongUsage(`--${flag} "${plain(text.slice(0, 60))}" ${read.why}.`);
  }
  const atMs = read.kind === 'in' ? nowMs + read.durationInMs : read.atMs;
  const atUtc = new Date(atMs).toISOString();
  const skipped = read.kind === 'at' && read.isSkipped ? '; clocks there skip the time that is written' : '';
  here.err(`--${flag} is read as ${showInstant(atUtc, read.timeZone)}, ${read.timeZone}${skipped}.`);
  return { atUtc, durationInMs: read.kind === 'in' ? read.durationInMs : null };
}
