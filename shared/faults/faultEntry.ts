/** What an operator is told about one code: what it means, and what to do. One or two sentences of plain text each. */
export interface FaultEntry {
  readonly meaning: string;
  readonly remedy: string;
}

/** An entry for every code of a union: one that is missing does not compile. */
export type FaultEntries<Code extends string> = { readonly [C in Code]: FaultEntry };

/** What to do where nothing is to be done. */
export const NOTHING_TO_DO = 'Nothing.';
