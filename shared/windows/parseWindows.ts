import { PIECES_AT_ONCE, runSteps, type Steps } from '../time/steps.ts';
import { type KnownAccounts, parseWindow } from './parseWindow.ts';
import type { Window } from './window.ts';
import { isWindowName, MAX_FAULTS_COUNTED } from './windowFields.ts';
import { type Fault, jsonPointer, type Parsed, tame, type WindowProblem } from './windowProblem.ts';

/** The most windows one list may have. */
const MAX_WINDOWS = 1_000;
/** A longer list is not read: 50,000 ids, in one piece of JSON that is parsed within some 40 ms. */
export const MAX_WINDOWS_IN_BYTES = 2 * 1024 * 1024;

const MAX_PROBLEMS_PER_WINDOW = 20;

/** What a list of windows says, as far as it can be understood. */
export interface ParsedWindows {
  /** The windows without error. */
  readonly windows: readonly Window[];
  readonly problems: readonly WindowProblem[];
  /** Windows that are there but invalid: their holds freeze. */
  readonly invalidNames: readonly string[];
  /**
   * True when every entry's name could be read: only then does a name that is in neither list mean that its window was
   * removed. While false, a hold of a name in neither list freezes as well.
   */
  readonly isComplete: boolean;
}

interface Entry {
  readonly index: number;
  /** Null unless it is a valid name. */
  readonly name: string | null;
  readonly label: string | null;
  readonly parsed: Parsed<Window>;
}

/** Reads a list of windows as {@link parseWindowsInSteps} does, at once: for lists that are as short as a setting. */
export function parseWindows(value: unknown, known: KnownAccounts): ParsedWindows {
  return runSteps(parseWindowsInSteps(value, known));
}

/**
 * Reads a list of windows from JSON. One bad window leaves the others working; two of the same name are both invalid. Others
 * have their turn after each: one with long lists takes some ten milliseconds. Pure; never throws.
 */
export function* parseWindowsInSteps(value: unknown, known: KnownAccounts): Steps<ParsedWindows> {
  if (!Array.isArray(value))
    return unreadable('not_a_list', 'The windows must be a JSON list: [{"name": …}, …].');
  if (value.length > MAX_WINDOWS) {
    return unreadable(
      'over_limit',
      `There are ${value.length} windows; ${MAX_WINDOWS} is the most. None of them was read.`,
    );
  }
  const raw: readonly unknown[] = value;
  const entries: Entry[] = [];
  for (const [index, item] of raw.entries()) {
    entries.push(parseEntry(item, index, known));
    yield PIECES_AT_ONCE;
  }
  const repeated = repeatedOf(entries.flatMap(({ name }) => (name === null ? [] : [name])));
  const isRepeated = ({ name }: Entry) => name !== null && repeated.has(name);
  return {
    windows: entries.flatMap((entry) => (entry.parsed.ok && !isRepeated(entry) ? [entry.parsed.value] : [])),
    problems: entries.flatMap((entry) => problemsOf(entry, isRepeated(entry))),
    invalidNames: [
      ...new Set(
        entries.flatMap((entry) =>
          entry.name !== null && (!entry.parsed.ok || isRepeated(entry)) ? [entry.name] : [],
        ),
      ),
    ],
    isComplete: entries.every(({ name }) => name !== null),
  };
}

/** Windows of several sources as one: a name that more than one source has is invalid in all of them. */
export function mergeWindows(sources: readonly ParsedWindows[]): ParsedWindows {
  const repeated = repeatedOf(
    sources.flatMap(({ windows, invalidNames }) => [...windows.map(({ name }) => name), ...invalidNames]),
  );
  const message = 'More than one source of windows has this name. Rename all but one.';
  return {
    windows: sources.flatMap(({ windows }) => windows.filter(({ name }) => !repeated.has(name))),
    problems: [
      ...sources.flatMap(({ problems }) => problems),
      ...[...repeated].map(
        (window) => ({ window, pointer: '', code: 'duplicate_name', message, severity: 'error' }) as const,
      ),
    ],
    invalidNames: [...new Set([...sources.flatMap(({ invalidNames }) => invalidNames), ...repeated])],
    isComplete: sources.every(({ isComplete }) => isComplete),
  };
}

function parseEntry(item: unknown, index: number, known: KnownAccounts): Entry {
  const given = typeof item === 'object' && item !== null && 'name' in item ? item.name : undefined;
  const text = typeof given === 'string' ? given : null;
  return {
    index,
    name: text !== null && isWindowName(text) ? text : null,
    label: text === null ? null : tame(text, 63),
    parsed: parseWindow(item, known),
  };
}

function problemsOf({ index, label, parsed }: Entry, isRepeated: boolean): readonly WindowProblem[] {
  const again: Fault = {
    path: ['name'],
    code: 'duplicate_name',
    message: 'Another window has this name, so that neither is used. Rename one of them.',
    severity: 'error',
  };
  const faults = isRepeated ? [again, ...parsed.faults] : parsed.faults;
  const rest: Fault = {
    path: [],
    code: 'more_problems',
    message: `The window has ${moreThanTold(faults.length)} more problems like these.`,
    severity: parsed.ok && !isRepeated ? 'warning' : 'error',
  };
  const told =
    faults.length > MAX_PROBLEMS_PER_WINDOW ? [...faults.slice(0, MAX_PROBLEMS_PER_WINDOW), rest] : faults;
  return told.map(({ path, ...fault }) => ({
    window: label,
    pointer: jsonPointer([index, ...path]),
    ...fault,
  }));
}

function moreThanTold(faults: number): string {
  const counted = Math.min(faults, MAX_FAULTS_COUNTED);
  return `${counted - MAX_PROBLEMS_PER_WINDOW}${faults < MAX_FAULTS_COUNTED ? '' : ' or'}`;
}

function repeatedOf(names: readonly string[]): ReadonlySet<string> {
  const seen = new Set<string>();
  return new Set(names.filter((name) => seen.has(name) || !seen.add(name)));
}

function unreadable(code: WindowProblem['code'], message: string): ParsedWindows {
  return {
    windows: [],
    problems: [{ window: null, pointer: '', code, message, severity: 'error' }],
    invalidNames: [],
    isComplete: false,
  };
}
