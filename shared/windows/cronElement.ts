/** One field of a cron expression: what it is called, and which values it has. */
export interface FieldKind {
  readonly name: string;
  readonly min: number;
  readonly max: number;
  /** Three letters each, the first for `min`; empty where a field has numbers alone. */
  readonly names: readonly string[];
  readonly fullNames: readonly string[];
}

/** The values that an element names, or what is wrong with it and what to write. */
export type ReadElement =
  | { readonly ok: true; readonly values: readonly number[] }
  | { readonly ok: false; readonly problem: string };

const ELEMENT = /^(\*|\w+)(?:-(\w+))?(?:\/(\w+))?$/;

/** Reads `*`, a value, a range or one of them with a step. Names are three letters or the whole English word. */
export function readElement(kind: FieldKind, text: string): ReadElement {
  const [, start, end, stepText] = ELEMENT.exec(text) ?? [];
  if (start === undefined || (start === '*' && end !== undefined)) {
    return refused(kind, text, `must be ${allowed(kind)}, a range of them, or "*"`);
  }
  const from = start === '*' ? kind.min : readValue(kind, start);
  const alone = start === '*' || stepText !== undefined ? lastOf(kind) : from;
  const to = end === undefined ? alone : readEnd(kind, from, end);
  if (from === null || to === null) {
    return refused(kind, text, `must be ${allowed(kind)}`);
  }
  if (to < from) {
    return refused(
      kind,
      text,
      `runs backwards, which systems read differently: write "${turned(kind, from, to)}"`,
    );
  }
  const step = stepText === undefined ? 1 : /^\d{1,2}$/.test(stepText) ? Number(stepText) : 0;
  const longest = lastOf(kind) - kind.min + 1;
  if (step < 1 || step > longest) {
    return refused(kind, text, `must have a step of 1 to ${longest}`);
  }
  return {
    ok: true,
    values: Array.from({ length: Math.floor((to - from) / step) + 1 }, (_, index) => from + index * step),
  };
}

/** A value by its number or its English name; null where the field has no such value. */
export function readValue({ min, max, names, fullNames }: FieldKind, text: string): number | null {
  if (/^\d/.test(text)) {
    return /^\d{1,2}$/.test(text) && Number(text) >= min && Number(text) <= max ? Number(text) : null;
  }
  const [word, list] = [text.toLowerCase(), text.length === 3 ? names : fullNames];
  const index = list.findIndex((name) => name.toLowerCase() === word);
  return index < 0 ? null : index + min;
}

/** The last value that is no other one once more: 7 is Sunday, as 0 is. */
function lastOf({ max, names, min }: FieldKind): number {
  return names.length === 0 ? max : min + names.length - 1;
}

/** `FRI-SUN` ends a week that begins on Monday: its Sunday is the seventh day. */
function readEnd(kind: FieldKind, from: number | null, text: string): number | null {
  const value = readValue(kind, text);
  return value === 0 && from !== null && from > 0 && kind.names.length === 7 ? 7 : value;
}

function refused({ name }: FieldKind, text: string, what: string): ReadElement {
  return { ok: false, problem: `the ${name} "${text}" ${what}` };
}

function allowed({ min, max, names }: FieldKind): string {
  const [first, last] = [names[0], names.at(-1)];
  return first === undefined ? `${min} to ${max}` : `${min} to ${max} or ${first} to ${last}`;
}

/** The same range in two that run forwards. */
function turned(kind: FieldKind, from: number, to: number): string {
  const show = (value: number) => kind.names[value - kind.min] ?? String(value);
  const range = (first: number, last: number) =>
    first === last ? show(first) : `${show(first)}-${show(last)}`;
  const end = lastOf(kind);
  return from > end ? range(kind.min, to) : `${range(from, end)},${range(kind.min, to)}`;
}
