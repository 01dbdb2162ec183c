/** The number after `--NAME` on the command line, or what it is otherwise. @throws RangeError where it is no number. */
export function numberFlag(name: string, otherwise: number): number {
  const at = process.argv.indexOf(`--${name}`);
  const value = at === -1 ? otherwise : Number(process.argv[at + 1]);
  if (!Number.isInteger(value) || value <= 0) {
    throw new RangeError(`--${name} must be a whole number`);
  }
  return value;
}
