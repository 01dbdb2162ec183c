import { wrongUsage } from '../commandError.ts';
import { uuid } from '../uuid.ts';
import type { World } from '../world.ts';

/** The report ids of the command line, `-` replaced by those on standard input; each once, in lower case. @throws CommandError (2) */
export async function readIds(
  given: readonly string[],
  { readInput }: Pick<World, 'readInput'>,
): Promise<readonly string[]> {
  const input = given.includes('-') ? (await readInput()).split(/[\s,]+/).filter((text) => text !== '') : [];
  if (given.includes('-') && input.length === 0) {
    throw wrongUsage('"-" was given, but standard input holds no report id.');
  }
  const all = given.flatMap((text) => (text === '-' ? input : text.split(',').filter((id) => id !== '')));
  if (all.length === 0) {
    throw wrongUsage('Name at least one report id.');
  }
  return [...new Set(all.map((text) => uuid(text, 'the id of a report')))];
}
