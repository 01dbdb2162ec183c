/**
 * The bytes of base64 with or without its padding. Null where the text is none: Node decodes what it can and drops the
 * rest, and a key that lost a part must not pass for one. Pure.
 */
export function decodeBase64(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64');
  const padded = bytes.toString('base64');
  return text === padded || text === padded.replace(/=+$/, '') ? bytes : null;
}
