/** One row as it is stored, its time of change among its fields. */
export type Fields = Readonly<Record<string, unknown>>;

type Test = (fields: Fields) => boolean;

const NAMES: Readonly<Record<string, string>> = { PartitionKey: 'partitionKey', RowKey: 'rowKey' };
const token = /\s*(\(|\)|datetime'[^']*'|'(?:[^']|'')*'|-?\d+(?:\.\d+)?L?\b|[A-Za-z_][A-Za-z0-9_]*)/y;

/** What an OData filter of the table service lets through: comparisons, `and`, `or`, `not`, brackets. @throws Error */
export function parseTableFilter(filter: string): Test {
  const known = parsed.get(filter);
  if (known !== undefined) return known;
  const test = parse(filter);
  if (parsed.size > MAX_PARSED) parsed.clear();
  parsed.set(filter, test);
  return test;
}

/** The service asks the same over and over. */
const parsed = new Map<string, Test>();
const MAX_PARSED = 500;

function parse(filter: string): Test {
  const tokens = tokensOf(filter);
  let at = 0;
  const next = () => tokens[at++] ?? fail(filter);
  const isNext = (word: string) => tokens[at] === word;

  const either = (): Test => {
    let test = both();
    while (isNext('or')) {
      at += 1;
      const [left, right] = [test, both()];
      test = (fields) => left(fields) || right(fields);
    }
    return test;
  };
  const both = (): Test => {
    let test = one();
    while (isNext('and')) {
      at += 1;
      const [left, right] = [test, one()];
      test = (fields) => left(fields) && right(fields);
    }
    return test;
  };
  const one = (): Test => {
    if (isNext('not')) {
      at += 1;
      const inner = one();
      return (fields) => !inner(fields);
    }
    if (isNext('(')) {
      at += 1;
      const inner = either();
      return next() === ')' ? inner : fail(filter);
    }
    const name = next();
    const compare = comparison(next()) ?? fail(filter);
    const wanted = literal(next(), filter);
    return (fields) => {
      const found = fields[NAMES[name] ?? name];
      const isComparable = typeof found === typeof wanted;
      return isComparable && compare(order(found, wanted));
    };
  };

  const test = either();
  return at === tokens.length ? test : fail(filter);
}

function tokensOf(filter: string): readonly string[] {
  const tokens: string[] = [];
  token.lastIndex = 0;
  while (token.lastIndex < filter.trimEnd().length) {
    const found = token.exec(filter)?.[1] ?? fail(filter);
    tokens.push(found);
  }
  return tokens;
}

function comparison(operator: string): ((sign: number) => boolean) | null {
  switch (operator) {
    case 'eq':
      return (sign) => sign === 0;
    case 'ne':
      return (sign) => sign !== 0;
    case 'gt':
      return (sign) => sign > 0;
    case 'ge':
      return (sign) => sign >= 0;
    case 'lt':
      return (sign) => sign < 0;
    case 'le':
      return (sign) => sign <= 0;
    default:
      return null;
  }
}

/** Instants are kept as texts that sort by time. */
function literal(text: string, filter: string): string | number | boolean {
  if (text.startsWith('datetime')) return new Date(text.slice(9, -1)).toISOString();
  if (text.startsWith("'")) return text.slice(1, -1).replaceAll("''", "'");
  if (text === 'true' || text === 'false') return text === 'true';
  const number = Number(text.replace(/L$/, ''));
  return Number.isNaN(number) ? fail(filter) : number;
}

function order(found: unknown, wanted: string | number | boolean): number {
  if (found === wanted) return 0;
  return String(found) === found && typeof wanted === 'string'
    ? found < wanted
      ? -1
      : 1
    : Number(found) < Number(wanted)
      ? -1
      : 1;
}

function fail(filter: string): never {
  throw new Error(`the simulation cannot read the filter ${filter}`);
}
