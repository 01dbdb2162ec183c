const INSTANT =
  /^(\d{4}-(\d{2})-(\d{2}))[Tt ](?:[01]\d|2[0-3]):[0-5]\d(?::[0-5]\d(?:\.\d{1,9})?)?([Zz]|[+-](?:[01]\d|2[0-3]):?[0-5]\d)?$/;

/** A text that says an instant: milliseconds since 1970, and whether the text has an offset or `Z`. */
export interface ReadInstant {
  readonly atMs: number;
  /** Without one the text was read as UTC. */
  readonly hasOffset: boolean;
}

/**
 * Reads an instant as RFC 3339 writes it, and as senders in the field do: seconds may be missing or have up to nine
 * digits behind the point (what is below a millisecond is dropped), a blank may stand for the `T`, the offset may be
 * missing. Null where the text is none, a day that does not exist included. Pure.
 */
export function readAnyInstant(text: string): ReadInstant | null {
  const found = INSTANT.exec(text);
  if (found === null) return null;
  const [, date = '', month = '', day = '', offset] = found;
  if (Number(month) < 1 || Number(day) < 1 || !isDate(date)) return null;
  const time = text.slice(11, text.length - (offset?.length ?? 0));
  // `Date.parse` knows the colon alone, and drops what is below a millisecond.
  const normalOffset = offset === undefined ? 'Z' : offset.toUpperCase().replace(/^(.\d\d)(\d\d)$/, '$1:$2');
  return { atMs: Date.parse(`${date}T${time}${normalOffset}`), hasOffset: offset !== undefined };
}

/** The same where an offset or `Z` is wanted: without one nobody can tell which instant is meant. Pure. */
export function readInstant(text: string): number | null {
  const read = readAnyInstant(text);
  return read?.hasOffset === true ? read.atMs : null;
}

/** JavaScript moves the 30th of February into March. */
function isDate(date: string): boolean {
  const atMs = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(atMs) && new Date(atMs).toISOString().startsWith(date);
}
