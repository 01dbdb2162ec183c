import { maskAnyQuery, maskWholeQuery } from './maskQuery.ts';
import { maskSecrets } from './maskSecrets.ts';
import { plainText } from './plainText.ts';

/**
 * Foreign text that may stand in a log or an answer: one line, no control characters, no link, token, key or query
 * text, at most `maxLength` characters. Pure.
 */
export function safeText(text: string, maxLength = 300): string {
  return safeLine(text, maxLength, maskAnyQuery);
}

/** As `safeText`, for names that people gave: only a whole query is one, so that "Select partners" stays. Pure. */
export function safeName(text: string, maxLength: number): string {
  return safeLine(text, maxLength, maskWholeQuery);
}

function safeLine(text: string, maxLength: number, maskQuery: (text: string) => string): string {
  // Cut first, so that the work is bounded; far behind what is shown, because what is masked grows shorter.
  const room = Math.max(maxLength * 4, 2_000);
  const masked = maskSecrets(plainText(text.slice(0, room), room), maskQuery);
  const isCutShown = text.length > room && masked.length < maxLength;
  // The last word may be half of a secret, which no pattern knows.
  return plainText(isCutShown ? `${masked.slice(0, masked.lastIndexOf(' ') + 1)}…` : masked, maxLength);
}
