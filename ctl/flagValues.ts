import { wrongUsage } from './commandError.ts';
import type { ReportsMeant } from './commandLine.ts';
import type { Values } from './parseCommandLine.ts';

/** Reports that are named by `--name` or `--all-reports`; null where neither is given. @throws CommandError (2) */
export function reportsMeant({ name, 'all-reports': all }: Values): ReportsMeant | null {
  if (name !== undefined && all === true) {
    throw wrongUsage('Give either --name or --all-reports, not both.');
  }
  if (name !== undefined) {
    return { namePattern: name };
  }
  return all === true ? { all: true } : null;
}

export function isDry(values: Values): boolean {
  return values['dry-run'] === true;
}

/** Those that are there. */
export function given(values: Readonly<Record<string, string | undefined>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value === undefined ? [] : [[name, value]])),
  );
}
