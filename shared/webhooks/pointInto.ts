/** The longest JSON pointer taken. */
export const MAX_POINTER_LENGTH = 256;

/** Tells whether a text is a JSON pointer (RFC 6901): empty, or parts that each begin with a slash. */
export function isPointer(text: string): boolean {
  return text.length <= MAX_POINTER_LENGTH && /^(?:\/(?:[^~/]|~[01])*)*$/u.test(text);
}

/** What a JSON pointer points at in parsed JSON; undefined where nothing is. Sees own properties only. */
export function pointInto(document: unknown, pointer: string): unknown {
  const parts = pointer.split('/').slice(1);
  return parts.reduce<unknown>(
    (value, part) => memberOf(value, part.replaceAll('~1', '/').replaceAll('~0', '~')),
    document,
  );
}

function memberOf(value: unknown, name: string): unknown {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    return /^(?:0|[1-9]\d{0,8})$/.test(name) ? items[Number(name)] : undefined;
  }
  if (typeof value !== 'object' || value === null) return undefined;
  const found: unknown = Object.getOwnPropertyDescriptor(value, name)?.value;
  return found;
}
