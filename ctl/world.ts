/** What the command needs of the process it runs in. */
export interface World {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The version of this command. */
  readVersion(): Promise<string>;
  /** All of standard input. */
  readInput(): Promise<string>;
  /** All of a file. @throws what the file system throws. */
  readFile(path: string): Promise<string>;
  /** Standard output: the answer alone. */
  out(text: string): void;
  /** Standard error: progress and what went wrong. */
  err(text: string): void;
  /** Replaces the last line of progress where people watch; else as `err`. */
  progress(text: string): void;
  /** Shows this in place of what was shown last where a person watches; else where it is something else. */
  redraw(text: string): void;
  /** Whether lines may be coloured; see `NO_COLOR`. */
  readonly isColoured: boolean;
  /** Resolves when a person ends the command, which from then on ends itself. */
  interrupted(): Promise<void>;
  nowMs(): number;
  sleep(durationInMs: number): Promise<void>;
  /** Columns of the terminal; infinite where nobody watches. */
  readonly width: number;
  /** IANA name of the zone that people here live in. */
  readonly timeZone: string;
}
