import { plainText } from './plainText.ts';

const secrets: readonly (readonly [RegExp, string])[] = [
  [/\b(?:https?|wss?):\/\/\S+/gi, '[link]'],
  [/\bBearer\s+\S+/gi, 'Bearer [token]'],
  [/\beyJ[\w-]{8,}[\w.-]*/g, '[token]'],
  [/\b(?:sig|code|key|client_secret|refresh_token|access_token|password)=[^&\s]+/gi, '[secret]'],
  // Upper case is how the service writes its keyword; in small letters only a whole query is one.
  [/\bSELECT\b.*/g, '[query]'],
  [/\bselect\b.+\bfrom\b.*/gi, '[query]'],
];

/**
 * Foreign text that may stand in a log or an answer: one line, no control characters, no link, token, key or query
 * text, at most `maxLength` characters. Pure.
 */
export function safeText(text: string, maxLength = 300): string {
  let safe = plainText(text, maxLength * 4);
  for (const [pattern, replacement] of secrets) safe = safe.replace(pattern, replacement);
  return plainText(safe, maxLength);
}
