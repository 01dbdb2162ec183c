import type { Measurement } from './measurement.ts';

/**
 * Runs a bench as a script: prints what it found for people, or with `--json` as one line of JSON, the last one. A goal
 * that is not met is a finding and no failure: the exit code stays 0.
 */
export async function runBench(measure: () => Promise<Measurement>): Promise<void> {
  const measurement = await measure();
  console.log(process.argv.includes('--json') ? JSON.stringify(measurement) : textOf(measurement));
}

/** Pure. */
export function textOf({ name, ratio, goals, columns, rows, notes }: Measurement): string {
  const widths = columns.map((head, at) => Math.max(head.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: readonly string[]) =>
    cells
      .map((cell, at) => cell.padEnd(widths[at] ?? 0))
      .join('  ')
      .trimEnd();
  return [
    `${name}: ${ratio}`,
    ...goals.map(({ text, isMet }) => `  goal ${isMet ? 'met' : 'NOT MET'}: ${text}`),
    '',
    ...[columns, ...rows].map((row) => `  ${line(row)}`),
    ...notes.map((note) => `  ${note}`),
  ].join('\n');
}
