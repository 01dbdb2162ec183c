import type { ParsedWindows } from '../../shared/windows/parseWindows.ts';
import type { Window } from '../../shared/windows/window.ts';

/** What becomes of one window when a new list takes the place of the old one. */
export interface WindowChange {
  readonly name: string;
  readonly kind: 'new' | 'changed' | 'gone';
  /** The properties that differ; empty for a window that is new or gone. */
  readonly properties: readonly string[];
  /** Whether the window is open now, so that the change reaches reports with the next tick. */
  readonly isOpen: boolean;
}

/** Compares two lists by the windows' names; a window that is the same in both is no change. Pure. */
export function compareWindows(
  old: ParsedWindows,
  wanted: ParsedWindows,
  openNames: ReadonlySet<string>,
): readonly WindowChange[] {
  const before = new Map(old.windows.map((window) => [window.name, window]));
  const after = new Map(wanted.windows.map((window) => [window.name, window]));
  const changes = [...new Set([...before.keys(), ...old.invalidNames, ...after.keys()])].flatMap((name) => {
    const change = changeOf(before.get(name), after.get(name));
    return change === null ? [] : [{ name, ...change, isOpen: openNames.has(name) }];
  });
  return changes.toSorted((one, other) => one.name.localeCompare(other.name));
}

function changeOf(
  before: Window | undefined,
  after: Window | undefined,
): Pick<WindowChange, 'kind' | 'properties'> | null {
  if (after === undefined) {
    return { kind: 'gone', properties: [] };
  }
  if (before === undefined) {
    return { kind: 'new', properties: [] };
  }
  const [old, wanted] = [Object.entries(before), new Map<string, unknown>(Object.entries(after))];
  const properties = old.flatMap(([name, value]) =>
    JSON.stringify(value) === JSON.stringify(wanted.get(name)) ? [] : [name],
  );
  return properties.length === 0 ? null : { kind: 'changed', properties };
}
