import type { WriteStream } from 'node:tty';
import { cut } from './telling/textWidth.ts';
import type { World } from './world.ts';

const NARROWEST = 60;

/** Standard output and error, with progress on one line where a person watches. */
export function createTerminal(
  stdout: WriteStream,
  stderr: WriteStream,
  env: Readonly<Record<string, string | undefined>>,
): Pick<World, 'out' | 'err' | 'progress' | 'redraw' | 'width' | 'isColoured'> & { end(): void } {
  let isLineOpen = false;
  let drawn = '';
  const end = () => {
    if (isLineOpen) {
      stderr.write('\r\u001b[K');
      isLineOpen = false;
    }
  };
  // A reader that went away, as `head` does, is no fault of ours.
  stdout.on('error', () => {});
  return {
    end,
    isColoured: isColourWanted(stdout, env),
    redraw: (text) => {
      end();
      if (stdout.isTTY) {
        stdout.write(`\u001b[H\u001b[J${text}\n`);
      } else if (text !== drawn) {
        stdout.write(`${text}\n\n`);
      }
      drawn = text;
    },
    width: stdout.isTTY ? Math.max(stdout.columns, NARROWEST) : Number.POSITIVE_INFINITY,
    out: (text) => {
      end();
      stdout.write(`${text}\n`);
    },
    err: (text) => {
      end();
      stderr.write(`${text}\n`);
    },
    progress: (text) => {
      if (stderr.isTTY) {
        stderr.write(`\r\u001b[K${cut(text, stderr.columns - 1)}`);
        isLineOpen = true;
      } else {
        stderr.write(`${text}\n`);
      }
    },
  };
}

/** `NO_COLOR` (no-color.org) wins over all, `FORCE_COLOR` over there being no terminal. */
function isColourWanted(
  stdout: WriteStream,
  { NO_COLOR, FORCE_COLOR }: Readonly<Record<string, string | undefined>>,
): boolean {
  if (NO_COLOR !== undefined && NO_COLOR !== '') {
    return false;
  }
  const isForced = FORCE_COLOR !== undefined && FORCE_COLOR !== '0' && FORCE_COLOR !== 'false';
  return isForced || (FORCE_COLOR === undefined && stdout.isTTY && stdout.hasColors());
}
