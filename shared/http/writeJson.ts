import type { Steps } from '../time/steps.ts';

/** So many characters are one piece of work: JSON is written at some 200 characters a microsecond. */
const CHARACTERS_OF_PIECE = 200;

/**
 * The JSON of an answer, item by item of its lists, so that one of tens of thousands of reports keeps nobody waiting while it
 * is written. An item of a list is written in one go.
 */
export function* jsonInSteps(body: unknown): Steps<string> {
  const parts: string[] = [];
  yield* write(body, parts);
  return parts.join('');
}

function* write(value: unknown, parts: string[]): Steps<void> {
  if (Array.isArray(value)) {
    const items: readonly unknown[] = value;
    yield* inBrackets('[]', items, parts, function* item(one) {
      // What JSON has no word for is null in a list.
      yield put(JSON.stringify(one) ?? 'null', parts);
    });
  } else if (typeof value === 'object' && value !== null) {
    const members = Object.entries(value).filter(([, member]) => member !== undefined);
    yield* inBrackets('{}', members, parts, function* member([name, its]) {
      parts.push(JSON.stringify(name), ':');
      yield* write(its, parts);
    });
  } else {
    yield put(JSON.stringify(value) ?? 'null', parts);
  }
}

function* inBrackets<Item>(
  [open = '', close = '']: string,
  items: readonly Item[],
  parts: string[],
  each: (item: Item) => Steps<void>,
): Steps<void> {
  parts.push(open);
  for (const [at, item] of items.entries()) {
    if (at > 0) parts.push(',');
    yield* each(item);
  }
  parts.push(close);
}

/** How many pieces of work it was. */
function put(text: string, parts: string[]): number {
  parts.push(text);
  return Math.ceil(text.length / CHARACTERS_OF_PIECE);
}
