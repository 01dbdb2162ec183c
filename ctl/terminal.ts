import type { WriteStream } from 'node:tty';
import { cut } from './telling/textWidth.ts';
import type { World } from './world.ts';

const NARROWEST = 60;

/** Standard output and error, with progress on one line where a person watches. */
export function createTerminal(
  stdout: WriteStream,
  stderr: WriteStream,
): Pick<World, 'out' | 'err' | 'progress' | 'width'> & { end(): void } {
  let isLineOpen = false;
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
