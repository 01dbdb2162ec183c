import type { ExitCode } from '../commandError.ts';
import type { Problem } from '../connection/answers.ts';

/** What a command has to say: lines for people, the app's answer for scripts. */
export interface Told {
  readonly exitCode: ExitCode;
  readonly lines: readonly string[];
  readonly answer: unknown;
}

/** How to tell it. */
export interface Style {
  readonly width: number;
  readonly timeZone: string;
  readonly showsAll: boolean;
}

/** One line per problem of an account or of the app. Pure. */
export function problemLines(problems: readonly Problem[]): readonly string[] {
  return problems.map(({ code, account, message }) => `PROBLEM ${account ?? 'app'}: ${message} (${code})`);
}

/** `1 report`, `2 reports`. Pure. */
export function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}
