/** The most that JSON of a caller may hold, counted over its text before any of it is parsed. */
export const JSON_BOUNDS = {
  /** Lists and objects in one another. */
  depth: 32,
  /**
   * Members of objects, all together. A key that no other object has costs the parser some two microseconds, so that
   * these are 40 ms at the worst; 1 MiB of adoptions has 19,500.
   */
  members: 20_000,
  /** Values of any kind; 1 MiB of report ids has 26,900. */
  values: 100_000,
} as const;

export type JsonBound = keyof typeof JSON_BOUNDS;

/** What a text is as JSON. */
export type ReadJson =
  | { readonly kind: 'read'; readonly value: unknown }
  | { readonly kind: 'notJson' }
  /** It was not parsed: it has more of something than {@link JSON_BOUNDS} allow. */
  | { readonly kind: 'tooComplex'; readonly bound: JsonBound };

/** Reads bytes as JSON in UTF-8 within {@link JSON_BOUNDS}; the caller bounds their length. Pure. */
export function readJson(bytes: Uint8Array): ReadJson {
  try {
    return readJsonText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return { kind: 'notJson' };
  }
}

/** The same of a text. Pure. */
export function readJsonText(text: string): ReadJson {
  const bound = boundBeyond(text);
  if (bound !== null) return { kind: 'tooComplex', bound };
  try {
    return { kind: 'read', value: JSON.parse(text) };
  } catch {
    return { kind: 'notJson' };
  }
}

/** Whether bytes keep {@link JSON_BOUNDS}, be they JSON or not; for whoever parses them himself. Pure. */
export function isWithinJsonBounds(bytes: Uint8Array): boolean {
  return boundBeyond(new TextDecoder().decode(bytes)) === null;
}

const QUOTE = 0x22;
const COMMA = 0x2c;
const COLON = 0x3a;
const BACKSLASH = 0x5c;

/** The bound that the text goes beyond, null where it keeps all. One look at each character, and none behind the bound. */
function boundBeyond(text: string): JsonBound | null {
  let depth = 0;
  let members = 0;
  let values = 1;
  let isInText = false;
  for (let at = 0; at < text.length; at += 1) {
    const sign = text.charCodeAt(at);
    if (isInText) {
      if (sign === BACKSLASH) at += 1;
      else if (sign === QUOTE) isInText = false;
    } else if (sign === QUOTE) {
      isInText = true;
    } else if (sign === COMMA || sign === COLON) {
      values += 1;
      if (sign === COLON) members += 1;
      if (members > JSON_BOUNDS.members) return 'members';
      if (values > JSON_BOUNDS.values) return 'values';
    } else if (isOpening(sign)) {
      depth += 1;
      values += 1;
      if (depth > JSON_BOUNDS.depth) return 'depth';
      if (values > JSON_BOUNDS.values) return 'values';
    } else if (isClosing(sign)) {
      depth -= 1;
    }
  }
  return null;
}

function isOpening(sign: number): boolean {
  return sign === 0x5b || sign === 0x7b;
}

function isClosing(sign: number): boolean {
  return sign === 0x5d || sign === 0x7d;
}
