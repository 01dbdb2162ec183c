import { splitShell } from '../../unit/documents/splitShell.ts';

/** A command as the page shows it. */
interface PageCommand {
  /** What a shell would hand to the command. */
  readonly argv: readonly string[];
  /** As it is written, with the `$ ` before it. */
  readonly written: string;
}

/** The page piece by piece, in its order. */
export type Piece =
  | { readonly kind: 'prose'; readonly text: string }
  /** What happens meanwhile, in a comment that a reader does not see: `Monday 22:00: tick; Dana pauses Seats-daily`. */
  | {
      readonly kind: 'meanwhile';
      readonly text: string;
      readonly atMs: number;
      readonly deeds: readonly string[];
    }
  /** A block of commands, each with what it printed below it. */
  | { readonly kind: 'session'; readonly commands: readonly PageCommand[] };

const PIECE = /(<!-- \w+ \d\d:\d\d(?:: [^>]*)? -->|```console\n[\s\S]*?\n```)/;
const MEANWHILE = /^<!-- (\w+) (\d\d:\d\d)(?:: ([^>]*))? -->$/;
const DAYS = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

/** Reads the page; what commands printed when it was written is left out. @throws Error where a comment names no day. */
export function readPage(page: string): readonly Piece[] {
  return page.split(PIECE).map((text): Piece => {
    const meanwhile = MEANWHILE.exec(text);
    if (meanwhile !== null) {
      const [, day = '', time = '', deeds = ''] = meanwhile;
      return {
        ...{ kind: 'meanwhile', text, atMs: instantOf(day, time) },
        deeds: deeds.split('; ').filter((deed) => deed !== ''),
      };
    }
    return text.startsWith('```console\n')
      ? { kind: 'session', commands: commandsOf(text) }
      : { kind: 'prose', text };
  });
}

/** The wall time in Amsterdam in the week from 7 to 13 December 2026. */
function instantOf(day: string, time: string): number {
  const at = DAYS.indexOf(day);
  if (at === -1) {
    throw new Error(`${day} is no day of the week.`);
  }
  return Date.parse(`2026-12-${String(7 + at).padStart(2, '0')}T${time}:00+01:00`);
}

/** A line that ends with a backslash goes on in the next one. */
function commandsOf(block: string): readonly PageCommand[] {
  return [...block.matchAll(/^\$ ctl (?:.*\\\n)*.*$/gm)].map(([written]) => {
    const [command] = splitShell(written.slice('$ ctl '.length));
    return { written, argv: command?.words.map(({ text }) => text) ?? [] };
  });
}
