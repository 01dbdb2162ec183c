const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });
const WIDE =
  /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Emoji_Presentation}\u3000-\u303f\uff01-\uff60\uffe0-\uffe6]/u;

/** Columns that a text takes in a terminal, as near as can be told without one. Pure. */
export function textWidth(text: string): number {
  return [...graphemes.segment(text)].reduce((sum, { segment }) => sum + widthOf(segment), 0);
}

/** The text in at most `width` columns; a cut one ends with a mark. Pure. */
export function cut(text: string, width: number): string {
  if (textWidth(text) <= width) {
    return text;
  }
  let kept = '';
  let taken = 1;
  for (const { segment } of graphemes.segment(text)) {
    taken += widthOf(segment);
    if (taken > width) {
      break;
    }
    kept += segment;
  }
  return `${kept}…`;
}

/** The text filled up with blanks to `width` columns. Pure. */
export function pad(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - textWidth(text)));
}

/** The text in lines of at most `width` columns, broken between words; a longer word stays whole. Pure. */
export function wrap(text: string, width: number): readonly string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    const longer = line === '' ? word : `${line} ${word}`;
    if (line !== '' && textWidth(longer) > width) {
      lines.push(line);
      line = word;
    } else {
      line = longer;
    }
  }
  return [...lines, line];
}

/**
 * A line for a terminal of so many columns: longer text is broken between words and goes on two columns further in. A row of a
 * table, which has gaps between its words, stays as it is. Pure.
 */
export function fitLine(line: string, width: number): readonly string[] {
  const indent = ' '.repeat(line.length - line.trimStart().length);
  const text = line.slice(indent.length);
  if (textWidth(line) <= width || text.includes('  ')) {
    return [line];
  }
  const more = `${indent}  `;
  const [first = '', ...rest] = wrap(text, width - more.length);
  return [indent + first, ...rest.map((part) => more + part)];
}

function widthOf(grapheme: string): number {
  return WIDE.test(grapheme) ? 2 : 1;
}
