// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is taken out
const unprintable = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]+/g;

/** Foreign text on one line, without control or direction characters, no longer than asked. Pure. */
export function plainText(text: string, maxLength: number): string {
  // Cut first, so that the pattern's work is bounded too.
  const line = text
    .slice(0, maxLength * 4)
    .replace(unprintable, ' ')
    .replace(/\s+/g, ' ')
    .trim();
  return line.length <= maxLength ? line : `${line.slice(0, maxLength - 1).toWellFormed()}…`;
}
