import { z } from 'zod';
import { MAX_NAME_PATTERN_LENGTH } from './namePattern.ts';
import { wallDate, wallTimeOfDate } from './wallTime.ts';
import { type Fault, quote, type WindowProblemCode } from './windowProblem.ts';

/** The most ids one list of a window may have. */
export const MAX_REPORT_IDS = 10_000;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** A name of a window or an account. */
export const nameField = z.string().refine(isWindowName, {
  error: 'A name is 1 to 63 of a-z, 0-9 and "-".',
  params: { code: 'bad_name' },
});

/** A UUID, given in any case, taken in lower case. */
export const idField = z
  .string()
  .refine((text) => UUID.test(text), {
    error: 'This is not a UUID. Copy the id from Partner Center or from GET /api/reports.',
    params: { code: 'bad_report_id' },
  })
  .transform((text) => text.toLowerCase());

/** Faults of one list, or of one object's names, that are looked at: whoever has more mends these first. */
export const MAX_FAULTS_COUNTED = 200;

/** Ids in lower case, each once; after so many that are none the others are not looked at. */
export const idsField = z
  .array(z.unknown())
  .max(MAX_REPORT_IDS)
  .transform((given, context) => {
    const ids = new Set<string>();
    let faults = 0;
    for (const [at, one] of given.entries()) {
      if (typeof one === 'string' && UUID.test(one)) {
        ids.add(one.toLowerCase());
        continue;
      }
      for (const issue of idField.safeParse(one).error?.issues ?? []) {
        context.addIssue({ ...issue, path: [at, ...issue.path] });
        faults += 1;
      }
      if (faults >= MAX_FAULTS_COUNTED) break;
    }
    return faults === 0 ? [...ids] : z.NEVER;
  });

/** A name pattern of bounded length. */
export const patternField = z.string().min(1).max(MAX_NAME_PATTERN_LENGTH);

/** The most patterns one window may exclude by. */
const MAX_PATTERNS = 20;

/** Name patterns, any of which may match. */
export const patternsField = z.array(patternField).max(MAX_PATTERNS);

/** A date of the calendar, `YYYY-MM-DD`. */
export const dateField = z.string().refine((text) => /^\d{4}-\d{2}-\d{2}$/.test(text) && isDate(text), {
  error: 'This is not a date of the calendar. Write YYYY-MM-DD.',
  params: { code: 'bad_date' },
});

function isDate(text: string): boolean {
  const atMs = wallTimeOfDate(text);
  return !Number.isNaN(atMs) && wallDate(atMs) === text;
}

/** Tells whether a text can be the name of a window. */
export function isWindowName(text: string): boolean {
  return /^[a-z0-9-]{1,63}$/.test(text);
}

/** What zod found, in this product's codes. `input` is what was parsed: a missing value is told from a wrong one. */
export function faultsOf(error: z.ZodError, input: unknown): readonly Fault[] {
  return error.issues.flatMap((issue): readonly Fault[] => {
    const path = issue.path.map((part) => (typeof part === 'symbol' ? String(part) : part));
    if (issue.code === 'unrecognized_keys') {
      return issue.keys
        .slice(0, MAX_FAULTS_COUNTED)
        .map((key) => unknownProperty([...path, key.slice(0, 100)], key));
    }
    if (issue.code === 'invalid_type' && valueAt(input, path) === undefined) {
      return [
        fault(path, 'missing_property', `${quote(String(path.at(-1) ?? 'value'))} is missing. Add it.`),
      ];
    }
    return [fault(path, codeOf(issue), toWrite(issue))];
  });
}

/** The same, each with the value that was written: for what holds no secret. */
export function quotedFaultsOf(error: z.ZodError, input: unknown): readonly Fault[] {
  return faultsOf(error, input).map((one) => {
    const value = valueAt(input, one.path);
    const isThere = value !== undefined && one.code !== 'unknown_property';
    return isThere ? { ...one, message: `${shown(value)} cannot be used. ${one.message}` } : one;
  });
}

function shown(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `A list of ${value.length}`;
  return typeof value === 'object' && value !== null ? 'An object' : String(value);
}

const TYPES: Readonly<Record<string, string>> = {
  string: 'text in quotes',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list, […]',
  object: 'an object, {…}',
};

/** What to write instead; zod's own words are for programmers. */
function toWrite(issue: z.core.$ZodIssue): string {
  switch (issue.code) {
    case 'invalid_type':
      return `Write ${TYPES[issue.expected] ?? issue.expected}.`;
    case 'invalid_value':
      return `Write ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}.`;
    case 'too_big':
      return `Write at most ${issue.maximum}${unitOf(issue.origin)}.`;
    case 'too_small':
      return `Write at least ${issue.minimum}${unitOf(issue.origin)}.`;
    default:
      return issue.message;
  }
}

function unitOf(origin: string): string {
  return origin === 'string' ? ' characters' : origin === 'array' ? ' entries' : '';
}

function fault(path: Fault['path'], code: WindowProblemCode, message: string): Fault {
  return { path, code, message, severity: 'error' };
}

function unknownProperty(path: Fault['path'], key: string): Fault {
  return fault(
    path,
    'unknown_property',
    `${quote(key)} is not known here. Check its spelling, or take it out.`,
  );
}

function codeOf(issue: z.core.$ZodIssue): WindowProblemCode {
  if (issue.code === 'custom') {
    const { code: named } = issue.params ?? {};
    return KNOWN_CUSTOM.find((code) => code === named) ?? 'bad_value';
  }
  if (issue.code === 'too_big' && issue.origin !== 'number' && issue.origin !== 'int') return 'over_limit';
  if (issue.code === 'invalid_type') return 'wrong_type';
  return 'bad_value';
}

const KNOWN_CUSTOM = ['bad_name', 'bad_report_id', 'bad_date'] as const;

function valueAt(input: unknown, path: Fault['path']): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null) return undefined;
    value = Object.getOwnPropertyDescriptor(value, part)?.value;
  }
  return value;
}
