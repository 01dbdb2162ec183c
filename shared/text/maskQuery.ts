/**
 * Text without a query of the Insights grammar (`SELECT … FROM … WHERE … TIMESPAN …`), with or without its first word.
 * What only reads like one, such as a name, stays. Pure.
 */
export function maskWholeQuery(text: string): string {
  return maskFrom(text, [conditionAt(text), listAt(text, isWhole)]);
}

/** As `maskWholeQuery`, and without anything that may be the piece of a query. Pure. */
export function maskAnyQuery(text: string): string {
  // Upper case is how the service writes its keywords; in small letters only a whole query is one.
  const firstAt = text.search(/\bselect\b/i);
  const isQuery = /\bSELECT\b/.test(text) || /\bfrom\b/i.test(text.slice(firstAt));
  const selectAt = isQuery ? firstAt : -1;
  const isPiece = (from: string) => from.startsWith('FROM') || isWhole(from);
  return maskFrom(text, [selectAt, conditionAt(text), listAt(text, isPiece)]);
}

function conditionAt(text: string): number {
  return text.search(/\bwhere\s[\w.[\]]{1,128}\s?(?:[=<>!]|in\b|like\b|between\b)|\btimespan\s\w/i);
}

/** Whether what begins with FROM goes on like a query. */
function isWhole(from: string, before = ''): boolean {
  const isLoud = from.startsWith('FROM') && /\bSELECT\b/.test(before);
  return isLoud || /\b(?:where|timespan|order\sby|limit)\b/i.test(from);
}

/** Where the columns of a FROM begin, with their SELECT where it is there; -1 where there is no query. */
function listAt(text: string, isQuery: (from: string, before: string) => boolean): number {
  const fromAt = text.search(/\bfrom\s\[?\w/i);
  const before = text.slice(0, Math.max(fromAt, 0));
  if (fromAt < 0 || !isQuery(text.slice(fromAt), before)) return -1;
  const selectAt = before.search(/\bselect\b/i);
  return selectAt >= 0 ? selectAt : Math.max(...[...':;"\'`{'].map((sign) => before.lastIndexOf(sign))) + 1;
}

function maskFrom(text: string, starts: readonly number[]): string {
  const first = Math.min(...starts.filter((at) => at >= 0));
  if (first === Number.POSITIVE_INFINITY) return text;
  const kept = text.slice(0, first).trimEnd();
  return kept === '' ? '[query]' : `${kept} [query]`;
}
