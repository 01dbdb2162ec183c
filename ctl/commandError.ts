/** How the command ended, for the shell: 0 all done, 1 partly or not done, 2 wrong usage, 3 not reached or not let in. */
export type ExitCode = 0 | 1 | 2 | 3;

/** Ends the command with one line for people and a stable code for scripts. The line holds no secret. */
export class CommandError extends Error {
  readonly exitCode: ExitCode;
  readonly code: string;

  constructor(exitCode: ExitCode, code: string, message: string) {
    super(message);
    this.name = 'CommandError';
    this.exitCode = exitCode;
    this.code = code;
  }
}

/** The command line is wrong; the message names the flag and what to do. */
export function wrongUsage(message: string): CommandError {
  return new CommandError(2, 'wrong_usage', message);
}
