/**
 * Whether a 401 means that the user signed in without multi-factor authentication, so that no fresh token helps.
 * Documented are the reason phrase, the error code 900421 (where it stands is not) and the header `isMfaCompliant`.
 * Pure.
 */
export function isMfaRefusal(
  status: number,
  answer: {
    readonly reasonPhrase: string;
    readonly headers: ReadonlyMap<string, string>;
    readonly text: string;
  },
): boolean {
  if (status !== 401) return false;
  if (answer.headers.get('ismfacompliant')?.trim().toLowerCase() === 'false') return true;
  const told = [
    answer.reasonPhrase,
    answer.headers.get('www-authenticate') ?? '',
    answer.text.slice(0, 4_000),
  ];
  return told.some((text) => /(?<!\d)900421(?!\d)|\bMFA required\b/i.test(text));
}
