import { type ParseError, parse } from 'jsonc-parser';

/** The tolerant parser is some times slower than the strict one: what is longer than this has to be strict. */
const MAX_LOOSE_LENGTH = 2 * 1024 * 1024;

/** Deeper than any answer of the service, and shallow enough for whoever walks through it. */
const MAX_DEPTH = 32;

/**
 * The value of a JSON text; a comma behind the last element of an object or a list is read over, because Microsoft's own
 * examples have them. Null where the text is anything else, or nested too deep. Pure.
 */
export function parseLooseJson(text: string): unknown {
  const json = text.startsWith('\ufeff') ? text.slice(1) : text;
  const value = parseStrict(json) ?? parseWithTrailingCommas(json);
  return isDeeperThan(MAX_DEPTH, value) ? null : value;
}

function parseStrict(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return null;
  }
}

function parseWithTrailingCommas(json: string): unknown {
  // Nothing else of the service's is an answer, and it would be read for nothing.
  if (json.length > MAX_LOOSE_LENGTH || !/^\s*[{[]/.test(json)) return null;
  const errors: ParseError[] = [];
  try {
    const value: unknown = parse(json, errors, { allowTrailingComma: true, disallowComments: true });
    return errors.length === 0 ? value : null;
  } catch {
    // It calls itself for each level, so that a text without end of them exhausts the stack.
    return null;
  }
}

function isDeeperThan(depth: number, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  return depth === 0 || Object.values(value).some((inner) => isDeeperThan(depth - 1, inner));
}
