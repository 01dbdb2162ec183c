// The tests of a part as one file: each mutant loads what they share once, and not once a file.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

declare const testsOfPart: {
  readonly folder: string;
  /** Of the folder no others than these; null for all. */
  readonly only: readonly string[] | null;
  readonly without: readonly string[];
  readonly also: readonly string[];
};

const { folder, only, without, also } = testsOfPart;
const inFolder = readdirSync(folder).filter(
  (name) => name.endsWith('.test.ts') && !without.includes(name) && only?.includes(name) !== false,
);

describe.each([...inFolder.map((name) => join(folder, name)), ...also])('%s', (path) => {
  require(join(process.cwd(), path));
});
