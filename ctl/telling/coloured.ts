import { styleText } from 'node:util';

const RULE = /^-+(?: +-+)*$/;
const WRONG = /^(?:PROBLEM\b|! |NOT READY\b)|\bBUT THE APP DOES NOT\b|\b(?:doubtful|not seen|owed|failed)\b/;
const WORTH_KNOWING = /^Warning\b/;

/**
 * Lines as a terminal shows them in colour: headings bold, what is wrong red, what is worth knowing yellow. No meaning is in the colour
 * alone, and no text is changed. Pure.
 */
export function coloured(lines: readonly string[]): readonly string[] {
  return lines.map((line, at) => {
    if (RULE.test(lines[at + 1] ?? '')) return painted('bold', line);
    if (WRONG.test(line)) return painted('red', line);
    return WORTH_KNOWING.test(line) ? painted('yellow', line) : line;
  });
}

function painted(format: 'bold' | 'red' | 'yellow', line: string): string {
  return styleText(format, line, { validateStream: false });
}
