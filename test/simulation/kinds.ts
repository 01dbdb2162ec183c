import { changeKinds } from './changeKinds.ts';
import type { Kind } from './kindHistory.ts';
import { readKinds } from './readKinds.ts';

/** The twelve kinds, with the numbers that they were found under. */
export const kinds: readonly Kind[] = [...changeKinds, ...readKinds].sort(
  (one, other) => one.number - other.number,
);
