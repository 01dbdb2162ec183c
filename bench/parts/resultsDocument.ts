import type { Measurement } from '../measurement.ts';
import type { Machine } from './describeMachine.ts';

/** The page of results: the goals of all benches first, then each bench with its table. Pure. */
export function resultsDocument(
  measurements: readonly Measurement[],
  { machine, versions, date, minutes }: Machine & { readonly minutes: number },
): string {
  const goals = measurements.flatMap(({ name, goals: own }) =>
    own.map(({ text, isMet }) => [name, text, isMet ? 'met' : '**not met**']),
  );
  return [
    '# Results',
    '',
    `Made by \`npm run bench\` on ${date}, in ${minutes.toFixed(1)} minutes. What each bench does stands in [README.md](README.md).`,
    '',
    `- ${machine}`,
    `- ${versions}`,
    '',
    ...table(['bench', 'goal', ''], goals),
    ...measurements.flatMap((one) => [
      '',
      `## ${one.name}`,
      '',
      `${one.ratio}.`,
      '',
      ...table(one.columns, one.rows),
      ...(one.notes.length === 0 ? [] : ['', ...one.notes.map((note) => `- ${note}`)]),
    ]),
    '',
  ].join('\n');
}

function table(columns: readonly string[], rows: readonly (readonly string[])[]): readonly string[] {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  return [line(columns), line(columns.map(() => '---')), ...rows.map(line)];
}
