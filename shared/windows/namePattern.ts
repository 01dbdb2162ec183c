/** The longest pattern taken. */
export const MAX_NAME_PATTERN_LENGTH = 256;

/**
 * Tells whether a whole name, as {@link foldName} gives it, matches a pattern of `*` (any run of characters) and `?`
 * (exactly one), whatever the case. Takes at most pattern times name steps, whatever the pattern.
 */
export function compileNamePattern(pattern: string): (foldedName: string) => boolean {
  const wanted = Array.from(foldName(pattern));
  if (!wanted.includes('?') && !wanted.includes('*')) {
    const whole = wanted.join('');
    return (name) => name === whole;
  }
  return (name) => matches(wanted, charactersOf(name));
}

/** One form for what people take for the same letters: composed, lower case. */
export function foldName(text: string): string {
  return text.normalize('NFC').toLowerCase();
}

/** A string is its own list of characters, unless some of them take two code units. */
function charactersOf(text: string): ArrayLike<string> {
  return /[\ud800-\udfff]/.test(text) ? Array.from(text) : text;
}

function matches(wanted: readonly string[], name: ArrayLike<string>): boolean {
  let at = 0;
  let next = 0;
  // Where to go on after the last star if the rest does not fit: only the last one ever needs to give way.
  let star = -1;
  let starTook = 0;
  while (at < name.length) {
    if (wanted[next] === '*') {
      star = next;
      starTook = at;
      next += 1;
    } else if (next < wanted.length && (wanted[next] === '?' || wanted[next] === name[at])) {
      at += 1;
      next += 1;
    } else if (star >= 0) {
      starTook += 1;
      at = starTook;
      next = star + 1;
    } else {
      return false;
    }
  }
  return wanted.slice(next).every((sign) => sign === '*');
}
