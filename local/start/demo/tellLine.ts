import { plain } from '../table.ts';
import { wallTime } from './demoNight.ts';

const textWidth = 88;

/** One line of the story: the time of the night, who acts, what. Long ones go on below their own beginning. Pure. */
export function tellLine(instantMs: number, who: string, text: string): string {
  const [first = '', ...rest] = wrap(plain(text));
  const margin = `${wallTime(instantMs)}  ${who.padEnd(12)}  `;
  return [margin + first, ...rest.map((line) => ' '.repeat(margin.length) + line)].join('\n');
}

function wrap(text: string): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + 1 + word.length > textWidth) {
      lines.push(line);
      line = word;
    } else {
      line = line === '' ? word : `${line} ${word}`;
    }
  }
  return [...lines, line];
}
