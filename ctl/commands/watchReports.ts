import { CommandError } from '../commandError.ts';
import type { Doors } from '../connection/openDoors.ts';
import { coloured } from '../telling/coloured.ts';
import { plain } from '../telling/plain.ts';
import type { Style, Told } from '../telling/told.ts';
import type { World } from '../world.ts';
import { askApp } from './askApp.ts';

/** The app asks Partner Center so often at most for people: sooner there is nothing new. */
const EVERY_MS = 15_000;

/**
 * Shows the status again and again until somebody ends it: in place on a terminal, elsewhere each time that something has changed.
 * Where the app cannot be reached, what was seen last stays, with its age.
 */
export async function watchReports(doors: Doors, world: World, style: Style): Promise<Told> {
  const interrupted = world.interrupted().then(() => 'interrupted' as const);
  let seen: { readonly lines: readonly string[]; readonly atMs: number } | null = null;
  for (;;) {
    const found = await Promise.race([look(doors, style), interrupted]);
    if (found === 'interrupted') break;
    const nowMs = world.nowMs();
    if (found.ok) seen = { lines: found.lines, atMs: nowMs };
    const shown = (seen?.lines ?? []).map(plain);
    world.redraw(
      [
        ...(world.isColoured ? coloured(shown) : shown),
        ...(found.ok ? [] : ['', lost(found.message, seen, nowMs)]),
      ].join('\n'),
    );
    if ((await Promise.race([world.sleep(EVERY_MS), interrupted])) === 'interrupted') break;
  }
  return { exitCode: 0, lines: ['No longer watched.'], answer: { watched: true } };
}

type Look =
  | { readonly ok: true; readonly lines: readonly string[] }
  | { readonly ok: false; readonly message: string };

/** What cannot be told now may be told in a while; a key that is refused will be so for good. @throws CommandError */
async function look(doors: Doors, style: Style): Promise<Look> {
  try {
    return { ok: true, lines: (await askApp({ name: 'status' }, doors, style)).lines };
  } catch (error) {
    const isForGood =
      error instanceof CommandError && (error.exitCode === 2 || error.code === 'not_signed_in');
    if (error instanceof CommandError && !isForGood) {
      return { ok: false, message: error.message };
    }
    throw error;
  }
}

function lost(message: string, seen: { readonly atMs: number } | null, nowMs: number): string {
  const age =
    seen === null
      ? 'Nothing was seen yet'
      : `Above is what was seen ${Math.round((nowMs - seen.atMs) / 1_000)} s ago`;
  return plain(`! ${message} ${age}; it is tried again.`);
}
