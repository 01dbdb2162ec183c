/** The id of the report that a scenario calls by this letter, or letter and number, as in `A` or `B12`. */
export function reportIdOf(letter: string): string {
  if (!/^[A-Z]\d{0,3}$/.test(letter)) {
    throw new Error(`"${letter}" names no report: take a letter, or a letter and a number`);
  }
  const code = letter.charCodeAt(0).toString(16).padStart(4, '0');
  return `00000000-0000-4000-8000-${code}${letter.slice(1).padStart(8, '0')}`;
}

/** The letter behind an id; the id itself where it is no scenario's. */
export function letterOf(reportId: string): string {
  const [, code, number] = /^00000000-0000-4000-8000-(00[0-9a-f]{2})(\d{8})$/.exec(reportId) ?? [];
  if (code === undefined || number === undefined) {
    return reportId;
  }
  return `${String.fromCharCode(Number.parseInt(code, 16))}${Number(number) === 0 ? '' : Number(number)}`;
}
